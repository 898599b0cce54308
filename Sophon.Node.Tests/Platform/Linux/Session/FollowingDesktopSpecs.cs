using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Sophon.Node.Platform.Linux.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Session;

public sealed class FollowingDesktopSpecs
{
    static readonly DisplayCandidate X = new(DisplayKind.X11, ":0", true, true), Wayland = new(DisplayKind.Wayland, "wayland-0", true, true);

    readonly List<IDesktop> made = [];
    readonly List<string> told = [];
    DisplayFacts facts = new(null, []);

    [Fact]
    public async Task Ports_should_be_those_of_the_display_that_serves()
    {
        await using var desktop = await StartAsync();
        Assert.Equal("None ", desktop.Description);
        await SeeAsync(desktop, X);
        Assert.Equal("X11 :0", desktop.Description);
        Assert.Same(made[1].Screen, desktop.Screen);
        Assert.Same(made[1].Keyboard, desktop.Keyboard);
        await SeeAsync(desktop, X with { Listens = false }, Wayland);
        Assert.Same(made[2].Clipboard, desktop.Clipboard);
        Assert.Equal(["DISPLAY=:0", "WAYLAND_DISPLAY=wayland-0"], told);
        await made[1].Received(1).DisposeAsync();
        await made[2].DidNotReceive().DisposeAsync();
    }

    [Fact]
    public async Task Unchanged_displays_should_change_nothing()
    {
        await using var desktop = await StartAsync(X);
        await SeeAsync(desktop, X);
        Assert.Single(made);
        Assert.Empty(told);
    }

    [Fact]
    public async Task Display_that_goes_should_keep_its_desktop_and_be_told()
    {
        await using var desktop = await StartAsync(X);
        await SeeAsync(desktop, X with { Listens = false });
        Assert.Single(made);
        Assert.Equal(["DISPLAY=:0, which does not answer. It is tried again every 2 s"], told);
    }

    [Fact]
    public async Task Display_that_comes_back_should_get_a_desktop_of_its_own_kind()
    {
        await using var desktop = await StartAsync(X);
        await SeeAsync(desktop, X with { Listens = false });
        await SeeAsync(desktop, X);
        Assert.Equal(2, made.Count);
        Assert.Same(made[1].Pointer, desktop.Pointer);
    }

    [Fact]
    public async Task Display_that_fails_at_first_should_be_tried_again_at_the_next_look()
    {
        var time = new FakeTimeProvider();
        var failures = 0;
        await using var desktop = await FollowingDesktop.CreateAsync(() => facts, MakeOrFailAsync, time, CancellationToken.None);
        facts = new(null, [X]);
        desktop.Follow();
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return desktop.Description == "X11 :0";
            },
            "the display serves");
        Assert.Equal(3, failures);

        Task<IDesktop> MakeOrFailAsync(DisplayChoice choice, CancellationToken cancellationToken) =>
            choice.Kind == DisplayKind.None || failures == 3 ? MakeAsync(choice, cancellationToken)
            : ++failures == 2 ? throw new OperationCanceledException()
            : throw new DisplayUnavailableException("gone again");
    }

    async Task<FollowingDesktop> StartAsync(params DisplayCandidate[] candidates)
    {
        facts = new(null, candidates);
        var desktop = await FollowingDesktop.CreateAsync(() => facts, MakeAsync, TimeProvider.System, CancellationToken.None);
        desktop.Changed += changed => told.Add(changed.Choice.Reason);
        return desktop;
    }

    Task SeeAsync(FollowingDesktop desktop, params DisplayCandidate[] candidates)
    {
        facts = new(null, candidates);
        return desktop.LookAsync(CancellationToken.None);
    }

    Task<IDesktop> MakeAsync(DisplayChoice choice, CancellationToken cancellationToken)
    {
        var desktop = Substitute.For<IDesktop>();
        desktop.Description.Returns($"{choice.Kind} {choice.Name}");
        made.Add(desktop);
        return Task.FromResult(desktop);
    }
}
