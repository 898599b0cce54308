using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland;

/// <summary>A compositor that comes late, dies, hangs and comes back under a living Node.</summary>
[SupportedOSPlatform("linux")]
[Trait("kind", "real")]
public sealed class WaylandRecoverySpecs
{
    static readonly TimeSpan NoticeDeadline = TimeSpan.FromSeconds(5);
    static readonly TimeSpan RecoveryDeadline = TimeSpan.FromSeconds(10);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<WaylandBackend> Backends => [WaylandBackend.Native, WaylandBackend.Tools];

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task Killed_compositor_should_be_no_display_and_work_again_when_it_is_back(WaylandBackend backend)
    {
        await using var sway = await SwayServer.StartAsync();
        await using var desktop = await WaylandDesktop.CreateAsync(sway.Environment, backend, null, Token);
        await UseAsync(desktop);

        await sway.KillAsync();
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => desktop.Screen.CaptureAsync(new ScreenRectangle(0, 0, 1, 1), Token));
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => desktop.Keyboard.TypeAsync("x", Token));
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => desktop.Clipboard.ReadAsync(Token));
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => desktop.Windows.ListAsync(Token));
        Assert.Equal(SessionState.NoDisplay, await desktop.GetSessionStateAsync(Token));
        Assert.True(watch.Elapsed < NoticeDeadline, $"noticed after {watch.Elapsed}");

        await sway.RestartAsync();
        watch.Restart();
        await UseAsync(desktop);
        Assert.True(watch.Elapsed < RecoveryDeadline, $"recovered after {watch.Elapsed}");
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task Desktop_should_start_before_its_compositor(WaylandBackend backend)
    {
        await using var sway = await SwayServer.StartAsync();
        await sway.KillAsync();
        await using var desktop = await WaylandDesktop.CreateAsync(sway.Environment, backend, null, Token);
        Assert.Equal(SessionState.NoDisplay, await desktop.GetSessionStateAsync(Token));
        var check = Assert.Single(await desktop.CheckAsync(Token), check => check.Port == "compositor");
        Assert.False(check.Works);
        Assert.NotNull(check.Cure);

        await sway.RestartAsync();

        await UseAsync(desktop);
    }

    [Fact]
    public async Task Compositor_that_dies_in_the_middle_of_a_gesture_should_end_it()
    {
        await using var sway = await SwayServer.StartAsync();
        await using var desktop = await WaylandDesktop.CreateAsync(sway.Environment, WaylandBackend.Native, null, Token);
        await using var witness = await FootWitness.StartAsync(sway);

        var typing = desktop.Keyboard.TypeAsync(new string('x', 100_000), Token);
        await witness.ReadAsync("x");
        await sway.KillAsync();

        await Assert.ThrowsAsync<DisplayUnavailableException>(() => typing.WaitAsync(NoticeDeadline));
    }

    [Fact]
    public async Task Compositor_that_hangs_should_be_no_display_within_the_deadline()
    {
        await using var sway = await SwayServer.StartAsync();
        await using var desktop = await WaylandDesktop.CreateAsync(sway.Environment, WaylandBackend.Native, null, Token);
        await UseAsync(desktop);

        await sway.SignalAsync("STOP");
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => desktop.Screen.GetMonitorsAsync(Token));
        Assert.True(watch.Elapsed < NoticeDeadline, $"noticed after {watch.Elapsed}");

        await sway.SignalAsync("CONT");
        await UseAsync(desktop);
    }

    static async Task UseAsync(IDesktop desktop)
    {
        Assert.Equal(SessionState.Active, await desktop.GetSessionStateAsync(Token));
        Assert.Equal(1280 * 800 * 4, (await desktop.Screen.CaptureAsync(new ScreenRectangle(0, 0, 1280, 800), Token)).Bgra.Length);
        await desktop.Keyboard.TypeAsync("x", Token);
        Assert.Empty(await desktop.Windows.ListAsync(Token));
        await using var owner = await desktop.Clipboard.WriteAsync("text", Token);
        Assert.Equal("text", await desktop.Clipboard.ReadAsync(Token));
    }
}
