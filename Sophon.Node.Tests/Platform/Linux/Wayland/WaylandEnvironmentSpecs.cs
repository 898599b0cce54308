using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland;

public sealed class WaylandEnvironmentSpecs : IDisposable
{
    readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    WaylandEnvironment Environment(string? display = null, string? sway = null) => new(folder.Path, display, sway, null);

    string Touch(string name)
    {
        File.WriteAllText(folder.File(name), "");
        return folder.File(name);
    }

    [Fact]
    public void The_named_display_should_be_tried_first_then_the_others()
    {
        string zero = Touch("wayland-0"), one = Touch("wayland-1");
        Touch("wayland-1.lock");

        Assert.Equal([one, zero], Environment("wayland-1").SocketCandidates);
        Assert.Equal([zero, one], Environment().SocketCandidates);
        Assert.Equal(["/elsewhere/w", zero, one], Environment("/elsewhere/w").SocketCandidates);
    }

    [Fact]
    public void Sways_socket_should_be_the_one_of_its_process()
    {
        Touch("sway-ipc.1000.41.sock");
        var ours = Touch("sway-ipc.1000.42.sock");

        Assert.Equal(ours, Environment().SwaySocketOf(42));
        Assert.Null(Environment().SwaySocketOf(43));
    }

    [Fact]
    public void A_stale_SWAYSOCK_should_not_be_taken_for_another_compositors()
    {
        var stale = Touch("sway-ipc.1000.41.sock");
        var byHand = Touch("my.sock");

        Assert.Null(Environment(sway: stale).SwaySocketOf(42));
        Assert.Equal(byHand, Environment(sway: byHand).SwaySocketOf(42));
    }

    [Fact]
    public void Without_a_compositor_the_error_should_say_where_was_looked()
    {
        Assert.Contains(folder.Path, Assert.Throws<DisplayUnavailableException>(() => WaylandEndpoint.Locate(Environment())).Message);
        Touch("wayland-0");
        Assert.Contains("wayland-0", Assert.Throws<DisplayUnavailableException>(() => WaylandEndpoint.Locate(Environment())).Message);
        Assert.Contains("XDG_RUNTIME_DIR", Assert.Throws<DisplayUnavailableException>(() => WaylandEndpoint.Locate(new(null, null, null, null))).Message);
    }
}
