using Sophon.Node.Actors;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Reporting;
using Xunit;

namespace Sophon.Node.Tests.Node.Reporting;

public sealed class ConsoleReporterSpecs : IDisposable
{
    static readonly NodeIdentity Identity = new(new Uri("https://gw.example.com"), new NodeToken("abc123", "a1b2c3d4e5f6"));
    static readonly NodeEvents.HeartbeatAcknowledged Beat = new(DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(2));

    readonly StringWriter output = new();
    readonly StringWriter errors = new();
    readonly ConsoleReporter reporter;

    public ConsoleReporterSpecs() => reporter = new ConsoleReporter(output, errors, "~/.sophon-node/config.json");

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void Pairing_should_print_the_pages_lines()
    {
        reporter.PairingStarts(Identity.GatewayUrl);
        Tell(new NodeEvents.WaitingForApproval("ABC-123"), new NodeEvents.WaitingForApproval("ABC-123"), new NodeEvents.Paired(Identity));
        Assert.Equal(
            """
            Pairing with gateway at https://gw.example.com...
            Waiting for approval (pairing code: ABC-123)...
            Waiting for approval (pairing code: ABC-123)...
            Node paired successfully! Token saved to ~/.sophon-node/config.json

            """,
            output.ToString());
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public void Start_should_print_the_pages_lines_and_further_heartbeats_nothing()
    {
        reporter.NodeStarts("1.0.0", Identity);
        Tell(new NodeEvents.ConnectionAttempted(1), new NodeEvents.ConnectedToGateway(Identity), Beat, new NodeEvents.ScopesUpdated(["system.info"]), Beat, Beat);
        Assert.Equal(
            """
            Sophon Node v1.0.0
            Node ID:  abc123
            Gateway:  https://gw.example.com
            Connected to Gateway via SignalR.
            Heartbeat sent. Status: Online.
            Press Ctrl+C to stop.

            """,
            output.ToString());
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public void Outage_should_be_one_line_and_the_return_two()
    {
        Tell(new NodeEvents.ConnectedToGateway(Identity), Beat);
        output.GetStringBuilder().Clear();
        for (var attempt = 1; attempt <= 20; attempt++)
            Tell(new NodeEvents.ConnectionLost("the socket closed.", TimeSpan.FromSeconds(3)), new NodeEvents.ConnectionAttempted(attempt));
        Tell(new NodeEvents.ConnectedToGateway(Identity), Beat, Beat);
        Assert.Equal(
            """
            Connection to Gateway lost: the socket closed. Reconnecting...
            Connected to Gateway via SignalR.
            Heartbeat sent. Status: Online.

            """,
            output.ToString());
    }

    [Fact]
    public void Gateway_absent_at_start_should_be_one_line()
    {
        for (var attempt = 1; attempt <= 5; attempt++)
            Tell(new NodeEvents.ConnectionLost("nothing listens at gw:443. Is the Gateway running?", TimeSpan.FromSeconds(3)));
        Assert.Equal("Failed to connect to Gateway: nothing listens at gw:443. Is the Gateway running? Trying again...\n", output.ToString());
    }

    [Fact]
    public void What_ends_it_should_stand_on_standard_error()
    {
        Tell(
            new NodeEvents.PairingFailed(PairingFailure.Expired, "The secret has expired."),
            new NodeEvents.ConnectionRefused(DisconnectReasons.Revoked, "This Node was revoked."),
            new NodeEvents.NodeFailed("The supervisor stopped."));
        Assert.Equal("The secret has expired.\nThis Node was revoked.\nThe supervisor stopped.\n", errors.ToString());
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData(90, "Warning: this machine's clock is 1 min 30 s ahead of the Gateway's.")]
    [InlineData(-7260, "Warning: this machine's clock is 2 h 1 min behind the Gateway's.")]
    [InlineData(-86400, "Warning: this machine's clock is 1 d behind the Gateway's.")]
    public void Skew_should_be_told_in_words(int seconds, string words)
    {
        Tell(new NodeEvents.ClockSkewed(TimeSpan.FromSeconds(seconds)));
        Assert.StartsWith(words, errors.ToString(), StringComparison.Ordinal);
    }

    void Tell(params NodeEvents.INodeEvent[] events) => Array.ForEach(events, reporter.On);
}
