using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.GatewayConnection;

/// <summary>When to try again after a lost or refused connection. A table: kind of failure → delay, or never.</summary>
/// <param name="settings">First retry and cap.</param>
/// <param name="random">A sample in 0 to 1, exclusive.</param>
public sealed class ReconnectPolicy(GatewaySettings settings, Func<double> random)
{
    /// <summary>The wait before attempt number <paramref name="failures"/> + 1.</summary>
    /// <param name="failures">Failed attempts in a row, a lost connection counted as one: at least 1.</param>
    /// <returns>The first retry is uniform in 0 to <see cref="GatewaySettings.FirstRetryWithin"/>; then exponential with full jitter under <see cref="GatewaySettings.RetryCap"/>.</returns>
    public TimeSpan DelayAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var ceiling = settings.FirstRetryWithin * Math.Pow(2, Math.Min(failures - 1, 20));
        return (ceiling < settings.RetryCap ? ceiling : settings.RetryCap) * random();
    }

    /// <summary>Null when another attempt makes sense; else what to tell the person.</summary>
    /// <param name="reason">One of <see cref="DisconnectReasons"/>.</param>
    public static string? FinalRefusal(string? reason) => reason switch
    {
        DisconnectReasons.Unauthorized => "The Gateway does not know this Node or its token. Pair again: run 'sophon-node unpair', then the command from the Dashboard (Add Node).",
        DisconnectReasons.NotApproved => "This Node is not approved in the Dashboard. Approve it under Settings → Devices, then start again.",
        DisconnectReasons.Revoked => "This Node was revoked in the Dashboard. Pair again: run 'sophon-node unpair', then the command from the Dashboard (Add Node).",
        DisconnectReasons.Superseded => "Another connection with this Node's identity took over: another 'sophon-node start' or a service runs with the same config.json. Stop one of the two.",
        _ => null,
    };
}
