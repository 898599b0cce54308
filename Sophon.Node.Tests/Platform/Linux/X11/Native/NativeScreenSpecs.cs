using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

[SupportedOSPlatform("linux")]
[Trait("kind", "real")]
public sealed class NativeScreenSpecs : IAsyncLifetime
{
    static readonly ScreenRectangle Whole = new(0, 0, 1280, 800);
    static readonly CaptureOptions Plain = new(), WithPointer = new(DrawPointer: true);

    XvfbServer server = null!;
    X11Display display = null!;
    NativeScreen screen = null!;

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync();
        display = new X11Display(server.Environment);
        screen = new NativeScreen(display);
    }

    public async ValueTask DisposeAsync()
    {
        await display.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_unchanged_screen_should_have_no_changes_and_a_drawn_one_those_around_what_was_drawn()
    {
        using var image = await screen.CaptureAsync(Whole, Plain, CancellationToken.None);
        Assert.Empty(Assert.IsAssignableFrom<IReadOnlyList<ScreenRectangle>>(await ChangesAsync(image)));

        await server.RunAsync("xsetroot", "-solid", "#204060");
        Assert.Equal(Whole, Assert.Single(Union(await ChangesAsync(image))));

        using var blue = await screen.CaptureAsync(Whole, Plain, CancellationToken.None);
        Assert.Empty((await ChangesAsync(blue))!);
        Assert.Equal([0x60, 0x40, 0x20], blue.Bgra[..3].ToArray());

        await using var clock = server.StartClient("xterm", "-geometry", "10x2+700+500");
        await Eventually.TrueAsync(async () => (await ChangesAsync(blue))!.Count > 0, "the terminal is drawn");
        Assert.All((await ChangesAsync(blue))!, change => Assert.True(change is { X: >= 640, Y: >= 448 }, change.ToString()));
        Assert.Empty((await screen.GetChangesAsync(blue.Revision!.Value, new ScreenRectangle(0, 0, 640, 400), Plain, CancellationToken.None))!);
    }

    [Fact]
    public async Task Changes_should_hold_every_pixel_that_differs_while_the_screen_is_alive()
    {
        server.StartClient("xterm", "-geometry", "80x24+100+100", "-e", "sh", "-c", "while :; do seq 1 2000; done");
        using var session = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(async () =>
        {
            using var now = await screen.CaptureAsync(Whole, Plain, session.Token);
            return await ChangesAsync(now) is { Count: > 0 };
        }, "the terminal scrolls");

        for (var round = 0; round < 60; round++)
        {
            using var before = await screen.CaptureAsync(Whole, Plain, session.Token);
            using var after = await screen.CaptureAsync(Whole, Plain, session.Token);
            // Asked later than the second capture, so it may hold more, never less.
            var changes = (await ChangesAsync(before))!;
            foreach (var pixel in Differences(before, after)) Assert.Contains(changes, change => change.Contains(pixel));
        }
    }

    [Fact]
    public async Task The_pointer_should_be_in_the_picture_when_asked_for_and_its_moves_be_changes_then()
    {
        await server.RunAsync("xsetroot", "-solid", "black", "-cursor_name", "left_ptr");
        var pointer = new NativePointer(display);
        await pointer.MoveAsync(new ScreenPoint(300, 300), CancellationToken.None);
        using var without = await screen.CaptureAsync(Whole, Plain, CancellationToken.None);
        using var with = await screen.CaptureAsync(Whole, WithPointer, CancellationToken.None);

        var drawn = Differences(without, with).ToList();
        Assert.NotEmpty(drawn);
        Assert.All(drawn, pixel => Assert.True(new ScreenRectangle(284, 284, 48, 48).Contains(pixel), pixel.ToString()));

        await pointer.MoveAsync(new ScreenPoint(900, 600), CancellationToken.None);
        Assert.Empty((await ChangesAsync(with))!);
        var moved = (await screen.GetChangesAsync(with.Revision!.Value, Whole, WithPointer, CancellationToken.None))!;
        Assert.Contains(moved, change => change.Contains(new ScreenPoint(301, 301)));
        Assert.Contains(moved, change => change.Contains(new ScreenPoint(901, 601)));
        Assert.DoesNotContain(moved, change => change.Contains(new ScreenPoint(600, 450)));
    }

    [Fact]
    public async Task A_revision_of_another_server_should_not_be_known()
    {
        using var image = await screen.CaptureAsync(Whole, Plain, CancellationToken.None);
        await server.KillAsync();
        await server.RestartAsync();

        Assert.Null(await ChangesAsync(image));
        using var next = await screen.CaptureAsync(Whole, Plain, CancellationToken.None);
        Assert.Null(await ChangesAsync(image));
        Assert.NotNull(await ChangesAsync(next));
        Assert.Null(await screen.GetChangesAsync(next.Revision!.Value + 1_000_000_000, Whole, Plain, CancellationToken.None));
    }

    [Fact]
    public async Task Two_monitors_should_be_told_and_a_gap_be_black()
    {
        await server.RunAsync("xsetroot", "-solid", "#ffffff");
        await server.RunAsync("xrandr", "--setmonitor", "L", "500/170x800/210+0+0", "screen");
        await server.RunAsync("xrandr", "--setmonitor", "*R", "600/170x400/210+680+0", "none");

        var layout = await screen.GetMonitorsAsync(CancellationToken.None);
        using var image = await screen.CaptureAsync(layout.Bounds, CancellationToken.None);

        Assert.Equal([new("L", false, new(0, 0, 500, 800), 1, "L"), new MonitorInfo("R", true, new(680, 0, 600, 400), 1, "R")], layout.Monitors.OrderBy(monitor => monitor.Id));
        for (var y = 0; y < 800; y += 7)
            for (var x = 0; x < 1280; x += 3)
                Assert.Equal(layout.Contains(new ScreenPoint(x, y)) ? 255 : 0, image.Bgra.Span[(y * 1280 + x) * 4]);
    }

    [Fact]
    public async Task Shared_memory_should_be_used_again_and_freed_in_the_end()
    {
        var before = Segments();
        await using (var own = new X11Display(server.Environment))
        {
            var other = new NativeScreen(own);
            for (var i = 0; i < 20; i++)
            {
                using var small = await other.CaptureAsync(new ScreenRectangle(0, 0, 10 + i, 10), CancellationToken.None);
                using var large = await other.CaptureAsync(Whole, CancellationToken.None);
            }

            var held = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => other.CaptureAsync(Whole, CancellationToken.None)));
            Assert.Equal(6, held.Select(image => { using var pin = image.Bgra.Pin(); return AddressOf(pin); }).Distinct().Count());
            foreach (var image in held) image.Dispose();
            Assert.InRange(Segments() - before, 1, 2);
        }

        await Eventually.TrueAsync(() => Segments() == before, "the segments are gone");
    }

    [Fact]
    public async Task A_screen_of_16_bits_should_look_the_same()
    {
        var number = Random.Shared.Next(31_000, 60_000);
        await using var shallow = TestProcess.Start("Xvfb", [$":{number}", "-screen", "0", "321x200x16", "-displayfd", "1", "-nolisten", "tcp", "-noreset"]);
        await shallow.WaitForOutputAsync("\n");
        await TestProcess.RunAsync("xsetroot", ["-solid", "#ff8000"], new Dictionary<string, string?> { ["DISPLAY"] = $":{number}" });
        await using var own = new X11Display(new($":{number}", null));

        using var image = await new NativeScreen(own).CaptureAsync(new ScreenRectangle(0, 0, 321, 200), Plain, CancellationToken.None);

        for (var i = 0; i < 321 * 200; i++)
        {
            var pixel = image.Bgra.Span.Slice(i * 4, 3);
            Assert.True(pixel[0] == 0 && pixel[1] is >= 126 and <= 132 && pixel[2] == 255);
        }
    }

    Task<IReadOnlyList<ScreenRectangle>?> ChangesAsync(PixelImage image) =>
        screen.GetChangesAsync(image.Revision!.Value, Whole, Plain, CancellationToken.None);

    static unsafe nint AddressOf(System.Buffers.MemoryHandle pin) => (nint)pin.Pointer;

    // Those that this process has mapped; SYSV is how the kernel names them.
    static int Segments() => File.ReadAllLines("/proc/self/maps").Count(line => line.Contains("/SYSV", StringComparison.Ordinal));

    static IEnumerable<ScreenPoint> Differences(PixelImage one, PixelImage other)
    {
        for (var i = 0; i < one.Width * one.Height; i++)
            if (!one.Bgra.Span.Slice(i * 4, 3).SequenceEqual(other.Bgra.Span.Slice(i * 4, 3))) yield return new ScreenPoint(i % one.Width, i / one.Width);
    }

    // Rows of full width joined from top to bottom.
    static IEnumerable<ScreenRectangle> Union(IReadOnlyList<ScreenRectangle>? rectangles)
    {
        ScreenRectangle? all = null;
        foreach (var next in rectangles!)
        {
            if (all is not { } known) all = next;
            else if (known.X == next.X && known.Width == next.Width && known.Bottom == next.Y) all = known with { Height = known.Height + next.Height };
            else yield return next;
        }

        if (all is { } last) yield return last;
    }
}
