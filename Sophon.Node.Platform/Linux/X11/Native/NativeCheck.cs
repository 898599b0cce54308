using System.Runtime.Versioning;
using Sophon.Node.Platform.Checks;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>What <c>doctor</c> shows: every port tried without changing anything.</summary>
[SupportedOSPlatform("linux")]
sealed class NativeCheck(X11NativeDesktop desktop, X11Display display)
{
    const string CheckDisplay = "start the Node inside the desktop session, or set DISPLAY and XAUTHORITY";
    const string UseTools = "choose the backend \"tools\" on this X server";

    public async Task<IReadOnlyList<PortCheck>> RunAsync(CancellationToken cancellationToken)
    {
        List<PortCheck> checks = [CheckJpeg(), PortProbe.Helper("notify-send", "no notifications"), await PortProbe.TryAsync("display", CheckDisplay, DescribeServerAsync, cancellationToken)];
        if (!checks[^1].Works) return checks;

        checks.Add(await PortProbe.TryAsync("monitors", UseTools, async token => (await desktop.Screen.GetMonitorsAsync(token)).Describe(), cancellationToken));
        checks.Add(await PortProbe.TryAsync("screen", UseTools, CaptureAsync, cancellationToken));
        checks.Add(await PortProbe.TryAsync("pointer", UseTools, async token =>
        {
            var session = await display.GetSessionAsync(token);
            session.Connection.Codes(Extension.XTest);
            var state = await session.Connection.RequestAsync(new QueryPointer(session.Root), token);
            return $"at ({state.X}, {state.Y})";
        }, cancellationToken));
        checks.Add(await PortProbe.TryAsync("keyboard", UseTools, async token =>
        {
            var (keymap, state) = await KeyboardSession.Of(await display.GetSessionAsync(token)).ReadAsync(token);
            return $"layout {state.Group + 1} of {keymap.GroupCount}, {keymap.Spare.Count} spare keycodes for other characters";
        }, cancellationToken));
        checks.Add(await PortProbe.TryAsync("clipboard", "close the program that owns the clipboard if it hangs", async token =>
            $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken));
        checks.Add(await PortProbe.TryAsync("windows", "start a window manager, for example: openbox &", async token =>
            $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken));
        return checks;
    }

    // Its absence costs time, not function: Skia serves instead.
    static PortCheck CheckJpeg() => TurboJpegEncoder.IsInstalled
        ? new PortCheck("JPEG encoder", true, "libjpeg-turbo", null)
        : new PortCheck("JPEG encoder", true, "Skia; about five times as fast after: sudo apt install libturbojpeg0", null);

    async Task<string> DescribeServerAsync(CancellationToken cancellationToken)
    {
        var connection = (await display.GetSessionAsync(cancellationToken)).Connection;
        var missing = Enum.GetValues<Extension>().Where(extension => !connection.Has(extension)).Select(extension => extension.Name()).ToList();
        return $"{connection.Address} answers ({connection.Setup.Vendor})" + (missing.Count == 0 ? "" : $"; it lacks {string.Join(", ", missing)}");
    }

    async Task<string> CaptureAsync(CancellationToken cancellationToken)
    {
        var corner = (await desktop.Screen.GetMonitorsAsync(cancellationToken)).Primary.Bounds with { Width = 1, Height = 1 };
        using var pixel = await desktop.Screen.CaptureAsync(corner, cancellationToken);
        var shared = await SegmentPool.Of(await display.GetSessionAsync(cancellationToken)).RentAsync(4, cancellationToken);
        shared?.Lease().Dispose();
        return shared is null ? "one pixel captured, over the socket" : "one pixel captured, through shared memory";
    }
}
