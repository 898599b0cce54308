using Akka.Actor;
using NSubstitute;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.GatewayConnection.LiveView;

/// <summary>The whole Node streams from a desktop in memory, whose every capture differs from the one before.</summary>
public sealed class LiveViewSpecs : NodeTreeSpec
{
    int captures;

    public LiveViewSpecs() => Desktop.Screen.CaptureAsync(default, default).ReturnsForAnyArgs(call =>
    {
        var area = call.Arg<ScreenRectangle>();
        var pixels = new byte[area.Width * area.Height * 4];
        pixels[0] = (byte)Interlocked.Increment(ref captures);
        return new PixelImage(area.Width, area.Height, pixels);
    });

    FakeLiveChannel Watch(string id = "v1")
    {
        Gateway.Current.Listener.OnStartLiveView(new StartLiveView(id));
        Eventually(() => Gateway.LiveChannels.Any(channel => channel.ViewId == id));
        return Gateway.LiveChannels.Last(channel => channel.ViewId == id);
    }

    [Fact]
    public void First_frame_should_be_whole_and_the_next_hold_what_changed()
    {
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => channel.Frames.Count == 2);
        var (first, second) = (channel.Frames.First(), channel.Frames.Last());
        Assert.Equal((1u, 1280, 800, 1280 * 800), (first.Sequence, first.Width, first.Height, first.Tiles.Sum(tile => tile.Width * tile.Height)));
        Assert.Equal((0, 0), Assert.Single(second.Tiles) is var tile ? (tile.X, tile.Y) : default);
        Assert.Equal(LiveStates.Running, channel.Statuses.Last().State);
        Assert.Contains(Capabilities.LiveView, Gateway.Heartbeats.Last().Capabilities!);
    }

    [Fact]
    public void Who_takes_no_frames_should_get_two_and_no_more_be_made()
    {
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => channel.Frames.Count == 2);
        var made = captures;
        AssertSucceeded("system.info");
        Thread.Sleep(200);
        Assert.Equal((2, made), (channel.Frames.Count, captures));
        channel.Take(2);
        Eventually(() => channel.Frames.Count == 4);
    }

    [Fact]
    public void Last_viewer_gone_should_end_the_captures()
    {
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => !channel.Frames.IsEmpty);
        Gateway.Current.Listener.OnStopLiveView(new StopLiveView("other"));
        Gateway.Current.Listener.OnStopLiveView(new StopLiveView("v1"));
        Eventually(() => channel.Disposed);
        Assert.Equal(["liveViewStarted", "liveViewEnded"], Audit.Entries.Where(entry => entry.Event.StartsWith("liveView", StringComparison.Ordinal)).Select(entry => entry.Event));
        Assert.NotEmpty(Watch("v2").ViewId);
    }

    [Fact]
    public void Channel_that_the_Gateway_closes_should_end_the_view_and_another_be_possible()
    {
        StartOnlineNode();
        var channel = Watch();
        channel.Close();
        Eventually(() => channel.Disposed);
        Eventually(() =>
        {
            Gateway.Current.Listener.OnStartLiveView(new StartLiveView("v2"));
            return Gateway.LiveChannels.Any(other => other.ViewId == "v2" && !other.Frames.IsEmpty);
        });
    }

    [Fact]
    public void Pause_should_stop_the_frames_and_the_end_of_it_bring_a_whole_one()
    {
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => channel.Frames.Count == 2);
        Policy.Set(Policy.Current with { Pause = new Pause(DateTimeOffset.UtcNow, "me") });
        channel.Take(2);
        Eventually(() => channel.Statuses.Last().State == LiveStates.Paused);
        var frames = channel.Frames.Count;
        channel.Take(uint.MaxValue);
        Thread.Sleep(700);
        Assert.Equal(frames, channel.Frames.Count);

        Policy.Set(Policy.Current with { Pause = null });
        Eventually(() => channel.Frames.Count > frames);
        Assert.Equal(1280 * 800, channel.Frames.ElementAt(frames).Tiles.Sum(tile => tile.Width * tile.Height));
        Assert.Equal(LiveStates.Running, channel.Statuses.Last().State);
    }

    [Fact]
    public void Without_the_scope_no_pixel_should_leave_the_machine()
    {
        Gateway.Scopes = [Scopes.InputControl];
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => channel.Statuses.Any(status => status.State == LiveStates.Denied && status.Message!.Contains(Scopes.ScreenCapture, StringComparison.Ordinal)));
        Assert.Equal((0, 0), (channel.Frames.Count, captures));
        Gateway.Current.Listener.OnUpdateScopes(new UpdateScopes([Scopes.ScreenCapture]));
        Eventually(() => !channel.Frames.IsEmpty);
        Gateway.Current.Listener.OnUpdateScopes(new UpdateScopes([]));
        channel.Take(uint.MaxValue);
        Eventually(() => channel.Statuses.Last().State == LiveStates.Denied);
    }

    [Fact]
    public void Screen_that_can_not_be_read_should_be_told_and_tried_again()
    {
        var gone = true;
        Desktop.Screen.GetMonitorsAsync(default).ReturnsForAnyArgs(_ => Volatile.Read(ref gone)
            ? throw new DisplayUnavailableException("no X server")
            : new MonitorLayout([new MonitorInfo("screen", true, new ScreenRectangle(0, 0, 100, 50), 1, "screen")]));
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => channel.Statuses.Any(status => status is { State: LiveStates.Unavailable, Message: "no X server" }));
        Volatile.Write(ref gone, false);
        Eventually(() => channel.Frames.Any(frame => frame.Width == 100));
    }

    [Fact]
    public void Lost_connection_should_end_the_view()
    {
        StartOnlineNode();
        var channel = Watch();
        Eventually(() => !channel.Frames.IsEmpty);
        Gateway.Current.Drop();
        Eventually(() => channel.Disposed);
    }

    [Fact]
    public void Killed_live_view_should_stream_again_when_asked_with_the_scopes_that_held()
    {
        StartOnlineNode();
        var first = Watch();
        Find("gateway-connection/hub-1/live-view").Tell(Kill.Instance);
        Eventually(() => first.Disposed);
        Eventually(() =>
        {
            Gateway.Current.Listener.OnStartLiveView(new StartLiveView("v2"));
            return Gateway.LiveChannels.Any(other => other.ViewId == "v2" && !other.Frames.IsEmpty);
        });
        Assert.Single(Gateway.Hubs);
    }
}
