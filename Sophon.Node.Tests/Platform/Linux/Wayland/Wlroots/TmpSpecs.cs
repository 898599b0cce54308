using Sophon.Node.Platform.Linux.Wayland.Wlroots;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Screen;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Windows;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

[Trait("kind", "real")]
public sealed class TmpSpecs
{
    [Fact]
    public async Task X()
    {
        await using var sway = await SwayServer.StartAsync("default_border normal\noutput HEADLESS-1 mode 1280x800 pos 0 0\noutput HEADLESS-2 mode 1000x600 pos 1280 0 scale 1.25 transform 90\noutput * bg #ff0000 solid_color", 2);
        using var session = new CompositorSession(sway.Environment);
        using var keyboard = new WlrootsKeyboard(session, TimeProvider.System);
        var wev = sway.StartClient("stdbuf", "-oL", "wev");
        await wev.WaitForOutputAsync("xdg_toplevel");
        await Task.Delay(500);
        await keyboard.PressAsync(new KeyChord([KeyModifier.Control, KeyModifier.Shift], new Key(null, new('t'))), default);
        await Task.Delay(500);
        Console.WriteLine(wev.Output);
        var screen = new ScreencopyScreen(session);
        var layout = await screen.GetMonitorsAsync(default);
        Console.WriteLine(layout.Describe());
        await Task.Delay(500);
        var t = System.Diagnostics.Stopwatch.StartNew();
        var image = await screen.CaptureAsync(layout.Bounds, default);
        Console.WriteLine(t.Elapsed);
        t.Restart();
        image = await screen.CaptureAsync(layout.Bounds, default);
        Console.WriteLine(t.Elapsed);
        File.WriteAllBytes("/tmp/cap.jpg", new Sophon.Node.Platform.Imaging.SkiaImageEncoder().EncodeJpeg(image, 80, null).Bytes);
        var windows = new NativeWindows(session);
        foreach (var w in await windows.ListAsync(default)) Console.WriteLine(w);
        var id = (await windows.ListAsync(default))[0].Id;
        Console.WriteLine(await windows.MoveAsync(id, 100, 50, 600, 400, default));
        Console.WriteLine(await sway.SwaymsgAsync("-t", "get_tree"));
        Console.WriteLine(await windows.MoveAsync(id, 1400, 50, 500, 500, default));
        await windows.MinimizeAsync(id, default);
        foreach (var w in await windows.ListAsync(default)) Console.WriteLine(w);
        await windows.MaximizeAsync(id, default);
        foreach (var w in await windows.ListAsync(default)) Console.WriteLine(w);
        await windows.MinimizeAsync(id, default);
        await windows.FocusAsync(id, default);
        foreach (var w in await windows.ListAsync(default)) Console.WriteLine(w);
        var top = new ToplevelWindows(session);
        foreach (var w in await top.ListAsync(default)) Console.WriteLine(w);
        await windows.CloseAsync(id, default);
        await Task.Delay(500);
        foreach (var w in await windows.ListAsync(default)) Console.WriteLine(w);
        var clip = new DataControlClipboard(session);
        Console.WriteLine("[" + await clip.ReadAsync(default) + "]");
        await clip.WriteAsync("Hällo\n", default);
        Console.WriteLine("[" + await clip.ReadAsync(default) + "]");
        Console.WriteLine(await sway.RunAsync("wl-paste", "-n"));
        var big = new string('x', 1 << 20) + "€";
        await clip.WriteAsync(big, default);
        Console.WriteLine(big == await clip.ReadAsync(default));
        Console.WriteLine(big == await sway.RunAsync("wl-paste", "-n"));
    }
}
