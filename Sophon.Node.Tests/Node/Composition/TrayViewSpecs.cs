using Sophon.Node.Actors;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Composition.Windows;
using Sophon.Node.Platform.Windows;
using Xunit;

namespace Sophon.Node.Tests.Node.Composition;

public sealed class TrayViewSpecs
{
    static readonly NodeEvents.HeartbeatAcknowledged Beat = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero);
    static readonly NodeEvents.PauseUpdated Paused = new(new Pause(DateTimeOffset.UnixEpoch, "ann")), Resumed = new((Pause?)null);

    readonly TrayView view = new("https://gw.example.com", paused: false);

    [Fact]
    public void View_should_follow_connection_and_pause()
    {
        Assert.Equal((TrayState.Offline, "Sophon Node: offline at https://gw.example.com"), (view.State, view.Description));
        Assert.True(view.On(Beat));
        Assert.Equal((TrayState.Online, "Sophon Node: online at https://gw.example.com"), (view.State, view.Description));
        Assert.True(view.On(Paused));
        Assert.Equal((TrayState.Paused, "Sophon Node: paused at https://gw.example.com"), (view.State, view.Description));
        Assert.True(view.On(new NodeEvents.ConnectionLost("gone", TimeSpan.Zero)));
        Assert.Equal(TrayState.Offline, view.State);
        Assert.True(view.On(Resumed));
        Assert.True(view.On(Beat));
        Assert.Equal(TrayState.Online, view.State);
    }

    [Fact]
    public void What_changes_nothing_should_not_redraw()
    {
        view.On(Beat);
        Assert.False(view.On(Beat));
        Assert.False(view.On(Resumed));
    }

    [Fact]
    public void Tooltip_should_fit() => Assert.Equal(127, new TrayView("https://" + new string('x', 300), false).Description.Length);
}
