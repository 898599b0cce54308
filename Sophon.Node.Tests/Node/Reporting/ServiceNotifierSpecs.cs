using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Serilog.Core;
using Sophon.Node.Actors;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Reporting;
using Xunit;

namespace Sophon.Node.Tests.Node.Reporting;

public sealed class ServiceNotifierSpecs
{
    static readonly NodeIdentity Identity = new(new Uri("https://gw.example.com"), new NodeToken("abc123", "a1b2c3d4e5f6"));

    readonly FakeTimeProvider time = new();
    readonly List<string> told = [];
    readonly ServiceNotifier notifier;

    public ServiceNotifierSpecs()
    {
        var manager = Substitute.For<ISystemdNotifier>();
        manager.When(one => one.Notify(Arg.Any<ServiceState>())).Do(call => told.Add(call.Arg<ServiceState>().ToString()));
        notifier = new ServiceNotifier(manager, Identity, TimeSpan.FromSeconds(90), time, Logger.None);
    }

    [Fact]
    public void Ready_should_be_told_once_when_the_tree_answers_with_no_gateway_there()
    {
        notifier.On(new NodeEvents.ConnectionAttempted(1));
        notifier.On(new NodeEvents.ConnectionLost("nobody listens", TimeSpan.FromSeconds(3)));
        Assert.DoesNotContain("READY=1", told);
        Respond();
        Respond();
        Assert.Single(told, "READY=1");
        Assert.Equal(2, told.Count(state => state == "WATCHDOG=1"));
        Assert.Contains("STATUS=Connecting to https://gw.example.com", told);
        Assert.Contains("STATUS=Offline: nobody listens. Trying again", told);
    }

    [Fact]
    public void Watchdog_should_starve_while_a_connection_that_counts_as_up_is_silent()
    {
        notifier.On(new NodeEvents.ConnectedToGateway(Identity));
        time.Advance(TimeSpan.FromSeconds(89));
        Respond();
        notifier.On(new NodeEvents.HeartbeatAcknowledged(time.GetUtcNow(), TimeSpan.FromMilliseconds(1)));
        time.Advance(TimeSpan.FromSeconds(91));
        Respond();
        Assert.Single(told, "WATCHDOG=1");

        notifier.On(new NodeEvents.ConnectionLost("silent", TimeSpan.Zero));
        Respond();
        Assert.Equal(2, told.Count(state => state == "WATCHDOG=1"));
    }

    [Fact]
    public void Status_should_be_one_line_and_say_a_pause()
    {
        notifier.On(new NodeEvents.HeartbeatAcknowledged(time.GetUtcNow(), TimeSpan.FromMilliseconds(1)));
        notifier.On(new NodeEvents.PauseUpdated(new Sophon.Node.Actors.Policy.Pause(time.GetUtcNow(), "anna")));
        notifier.On(new NodeEvents.ConnectionLost("two\nlines", TimeSpan.Zero));
        notifier.Stopping();
        Assert.Equal(
            ["STATUS=Online at https://gw.example.com", "STATUS=Online at https://gw.example.com (paused)", "STATUS=Offline: two lines. Trying again (paused)", "STOPPING=1"], told);
    }

    void Respond() => notifier.On(new NodeEvents.TreeResponded(time.GetUtcNow(), TimeSpan.FromMilliseconds(1)));
}
