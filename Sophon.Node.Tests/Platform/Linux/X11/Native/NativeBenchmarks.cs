using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Imaging;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

/// <summary>Prints medians beside those of the helper programs, in one run on a lively 1920x1080 screen. Asserts that the work was done, never how fast.</summary>
[SupportedOSPlatform("linux")]
[Trait("kind", "bench")]
public sealed class NativeBenchmarks(ITestOutputHelper output) : IAsyncLifetime
{
    static readonly ScreenRectangle Screen = new(0, 0, 1920, 1080);

    readonly TestFolder folder = new();
    XvfbServer server = null!;
    X11NativeDesktop desktop = null!;

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync(Screen.Width, Screen.Height, windowManager: true);
        desktop = new X11NativeDesktop(server.Environment);
    }

    public async ValueTask DisposeAsync()
    {
        await desktop.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Click()
    {
        await MeasureAsync("move + click", 300, i => desktop.Pointer.ClickAsync(new ScreenPoint(100 + i, 200), PointerButton.Left, 1, CancellationToken.None));
        await MeasureAsync("xdotool mousemove click", 20, i => server.RunAsync("xdotool", "mousemove", $"{100 + i}", "200", "click", "1"));
    }

    [Fact]
    public async Task Capture()
    {
        var picture = folder.File("picture.png");
        await TestProcess.RunAsync("convert", ["-size", "1920x1080", "plasma:fractal", picture]);
        await server.StartClient("display", "-window", "root", picture).WaitForExitAsync();
        server.StartClient("xterm", "-geometry", "150x60+100+50", "-e", "sh", "-c", "ls -la /usr/bin; sleep 1000");
        var screen = (ITrackedScreen)desktop.Screen;
        await Eventually.TrueAsync(async () =>
        {
            using var now = await screen.CaptureAsync(Screen, new CaptureOptions(), CancellationToken.None);
            await Task.Delay(500);
            return await screen.GetChangesAsync(now.Revision!.Value, Screen, new CaptureOptions(), CancellationToken.None) is { Count: 0 };
        }, "the screen is drawn");

        using var one = new TurboJpegEncoder(1);
        using var two = new TurboJpegEncoder(2);
        var skia = new SkiaImageEncoder();
        using var image = await screen.CaptureAsync(Screen, new CaptureOptions(), CancellationToken.None);

        await MeasureAsync("capture alone", 100, async _ => (await screen.CaptureAsync(Screen, new CaptureOptions(), CancellationToken.None)).Dispose());
        await MeasureAsync("encode alone, one core", 50, _ => Task.FromResult(one.EncodeJpeg(image, 80, null)));
        await MeasureAsync("encode alone, two cores", 50, _ => Task.FromResult(two.EncodeJpeg(image, 80, null)));
        await MeasureAsync("encode alone, Skia", 10, _ => Task.FromResult(skia.EncodeJpeg(image, 80, null)));
        await MeasureAsync("capture + encode, one core", 50, _ => ShotAsync(one, null));
        await MeasureAsync("capture + encode, two cores", 50, _ => ShotAsync(two, null));
        await MeasureAsync("capture + scale to 1280 + encode, two cores", 50, _ => ShotAsync(two, 1280));
        await MeasureAsync("the same by Skia", 10, _ => ShotAsync(skia, 1280));
        await MeasureAsync("nothing changed", 100, async _ =>
            Assert.Empty((await screen.GetChangesAsync(image.Revision!.Value, Screen, new CaptureOptions(), CancellationToken.None))!));
        await MeasureAsync("scrot -q 80", 10, _ => server.RunAsync("scrot", "--overwrite", "-q", "80", folder.File("shot.jpg")));

        async Task ShotAsync(IImageEncoder encoder, int? maxWidth)
        {
            using var shot = await screen.CaptureAsync(Screen, new CaptureOptions(), CancellationToken.None);
            Assert.NotEmpty(encoder.EncodeJpeg(shot, 80, maxWidth).Bytes);
        }
    }

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    [InlineData("ru")]
    public async Task Typing(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        await using var terminal = await TypingWitness.StartAsync(server);
        var ascii = string.Concat(Enumerable.Range(0, 1000).Select(i => (char)(' ' + i % 95)));
        var mixed = string.Concat(Enumerable.Repeat("Grüße, 世界 €😀 \"quotes\" Привет ёЖ ąćęłńóśźż αβγ אבג ", 10))[..200];
        var distinct = string.Concat(Enumerable.Range(0, 200).Select(i => (char)(0x4e00 + i * 3)));
        foreach (var (name, text) in ((string, string)[])[("1,000 ASCII", ascii), ("200 mixed", mixed), ("200 distinct CJK", distinct)])
        {
            await MeasureAsync(
                $"{layout}: {name}, until the X server has it", 7,
                _ => desktop.Keyboard.TypeAsync(text, CancellationToken.None),
                after: ArrivedAsync);
            await MeasureAsync($"{layout}: {name}, until xterm has written it", 7, async _ =>
            {
                await desktop.Keyboard.TypeAsync(text, CancellationToken.None);
                await ArrivedAsync();
            });

            async Task ArrivedAsync()
            {
                Assert.Equal(text, await terminal.ReadAsync(text));
                terminal.Clear();
            }
        }

        await MeasureAsync($"{layout}: xdotool type --delay 12, 200 ASCII", 3, _ => server.RunAsync("xdotool", "type", "--delay", "12", ascii[..200]));
    }

    [Fact]
    public async Task Clipboard()
    {
        var text = string.Concat(Enumerable.Repeat("aß世😀\n", 100_000));
        await File.WriteAllTextAsync(folder.File("text"), text);
        await using var owner = server.StartClient("xclip", "-quiet", "-selection", "clipboard", "-i", folder.File("text"));
        await Eventually.TrueAsync(async () => await desktop.Clipboard.ReadAsync(CancellationToken.None) == text, "xclip owns the clipboard");

        await MeasureAsync("read 1.1 MB from xclip", 20, async _ => Assert.Equal(text.Length, (await desktop.Clipboard.ReadAsync(CancellationToken.None)).Length));
        await MeasureAsync("xclip -o of the same", 20, _ => server.RunAsync("xclip", "-selection", "clipboard", "-o"));
        await MeasureAsync("write 1.1 MB", 20, _ => desktop.Clipboard.WriteAsync(text, CancellationToken.None));
        await MeasureAsync("xclip -o of ours", 20, _ => server.RunAsync("xclip", "-selection", "clipboard", "-o"));
    }

    [Fact]
    public async Task Windows()
    {
        for (var i = 0; i < 5; i++) await using (await TypingWitness.StartAsync(server, $"first {i}")) { }
        await using var terminal = await TypingWitness.StartAsync(server, "window");
        var id = (await desktop.Windows.ListAsync(CancellationToken.None))[^1].Id;

        await MeasureAsync("window.list", 50, async _ => Assert.NotEmpty(await desktop.Windows.ListAsync(CancellationToken.None)));
        await MeasureAsync("wmctrl -lpGx", 10, _ => server.RunAsync("wmctrl", "-lpGx"));
        await MeasureAsync("window.move, confirmed", 20, i => desktop.Windows.MoveAsync(id, 10 + i % 50, 30, null, null, CancellationToken.None));
    }

    async Task MeasureAsync(string name, int runs, Func<int, Task> run, Func<Task>? after = null)
    {
        after ??= () => Task.CompletedTask;
        for (var i = 0; i < 3; i++)
        {
            await run(i);
            await after();
        }

        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await run(i + 3);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await after();
        }

        Array.Sort(times);
        output.WriteLine($"{name,-55} p50 {times[runs / 2],9:0.000} ms   p95 {times[runs * 95 / 100],9:0.000} ms   ({runs} runs)");
    }
}
