using Sophon.Node.Actors;
using Sophon.Node.Gateway;

namespace Sophon.Node.Reporting;

/// <summary>The lines of the install page, character by character, on standard output; what went wrong on standard error. One line per change of state, not per attempt.</summary>
/// <param name="tokenLocation">Where the page says the token is saved.</param>
sealed class ConsoleReporter(TextWriter output, TextWriter error, string tokenLocation)
{
    bool everConnected;
    bool heartbeatTold;
    bool lossTold;
    bool stopTold;

    public void PairingStarts(Uri gateway) => output.WriteLine($"Pairing with gateway at {GatewayAddress.Show(gateway)}...");

    public void NodeStarts(string version, NodeIdentity identity)
    {
        output.WriteLine($"Sophon Node v{version}");
        output.WriteLine($"Node ID:  {identity.Token.NodeId}");
        output.WriteLine($"Gateway:  {GatewayAddress.Show(identity.GatewayUrl)}");
    }

    public void On(NodeEvents.INodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvents.WaitingForApproval waiting:
                output.WriteLine($"Waiting for approval (pairing code: {waiting.PairingCode})...");
                break;
            case NodeEvents.Paired:
                output.WriteLine($"Node paired successfully! Token saved to {tokenLocation}");
                break;
            case NodeEvents.ConnectedToGateway:
                output.WriteLine("Connected to Gateway via SignalR.");
                (everConnected, heartbeatTold, lossTold) = (true, false, false);
                break;
            case NodeEvents.HeartbeatAcknowledged when !heartbeatTold:
                output.WriteLine("Heartbeat sent. Status: Online.");
                if (!stopTold) output.WriteLine("Press Ctrl+C to stop.");
                heartbeatTold = stopTold = true;
                break;
            case NodeEvents.ConnectionLost lost when !lossTold:
                output.WriteLine(Lost(lost.Reason.TrimEnd('.')));
                lossTold = true;
                break;
            case NodeEvents.ClockSkewed skewed:
                error.WriteLine($"Warning: {Skew(skewed.Difference)}");
                break;
            case NodeEvents.PairingFailed failed:
                error.WriteLine(failed.Message);
                break;
            case NodeEvents.ConnectionRefused refused:
                error.WriteLine(refused.Message);
                break;
            case NodeEvents.NodeFailed failed:
                error.WriteLine(failed.Message);
                break;
        }
    }

    /// <param name="difference">Ours minus the Gateway's.</param>
    public static string Skew(TimeSpan difference) =>
        $"this machine's clock is {Amount(difference.Duration())} {(difference > TimeSpan.Zero ? "ahead of" : "behind")} the Gateway's. Pairing and certificates need clocks that agree within a minute: turn on time synchronisation (timedatectl set-ntp true).";

    string Lost(string reason)
    {
        var end = reason.EndsWith('?') ? "" : ".";
        return everConnected ? $"Connection to Gateway lost: {reason}{end} Reconnecting..." : $"Failed to connect to Gateway: {reason}{end} Trying again...";
    }

    static string Amount(TimeSpan amount) =>
        amount.TotalDays >= 1 ? $"{amount.TotalDays:0.#} d"
        : amount.TotalHours >= 1 ? $"{(int)amount.TotalHours} h {amount.Minutes} min"
        : $"{(int)amount.TotalMinutes} min {amount.Seconds} s";
}
