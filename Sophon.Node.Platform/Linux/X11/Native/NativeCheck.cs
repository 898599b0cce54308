using System.Runtime.Versioning;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>What <c>doctor</c> shows: every port tried without changing anything.</summary>
[SupportedOSPlatform("linux")]
sealed class NativeCheck(X11NativeDesktop desktop, X11Display display)
{
    const string CheckDisplay = "start the Node inside the desktop session, or set DISPLAY and XAUTHORITY";
    const string UseTools = "choose the backend \"tools\" on this X server";

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<PortCheck>> RunAsync(CancellationToken cancellationToken)
    {
        List<PortCheck> checks = [CheckJpeg(), CheckNotifications(), await TryAsync("display", CheckDisplay, DescribeServerAsync, cancellationToken)];
        if (!checks[^1].Works) return checks;

        checks.Add(await TryAsync("monitors", UseTools, async token => (await desktop.Screen.GetMonitorsAsync(token)).Describe(), cancellationToken));
        checks.Add(await TryAsync("screen", UseTools, CaptureAsync, cancellationToken));
        checks.Add(await TryAsync("pointer", UseTools, async token =>
        {
            var session = await display.GetSessionAsync(token);
            session.Connection.Codes(Extension.XTest);
            var state = await session.Connection.RequestAsync(new QueryPointer(session.Root), token);
            return $"at ({state.X}, {state.Y})";
        }, cancellationToken));
        checks.Add(await TryAsync("keyboard", UseTools, async token =>
        {
            var (keymap, state) = await KeyboardSession.Of(await display.GetSessionAsync(token)).ReadAsync(token);
            return $"layout {state.Group + 1} of {keymap.GroupCount}, {keymap.Spare.Count} spare keycodes for other characters";
        }, cancellationToken));
        checks.Add(await TryAsync("clipboard", "close the program that owns the clipboard if it hangs", async token =>
            $"{(await desktop.Clipboard.ReadAsync(token)).Length} characters", cancellationToken));
        checks.Add(await TryAsync("windows", "start a window manager, for example: openbox &", async token =>
            $"{(await desktop.Windows.ListAsync(token)).Count} windows", cancellationToken));
        return checks;
    }

    // Its absence costs time, not function: Skia serves instead.
    static PortCheck CheckJpeg() => TurboJpegEncoder.IsInstalled
        ? new PortCheck("JPEG encoder", true, "libjpeg-turbo", null)
        : new PortCheck("JPEG encoder", true, "Skia; about five times as fast after: sudo apt install libturbojpeg0", null);

    static PortCheck CheckNotifications() => ProgramPath.Find("notify-send") is { } path
        ? new PortCheck("helper notify-send", true, path, null)
        : new PortCheck("helper notify-send", false, "not found on PATH: no notifications", HelperPackages.InstallCommand("notify-send"));

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

    static async Task<PortCheck> TryAsync(string port, string cure, Func<CancellationToken, Task<string>> attempt, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            return new PortCheck(port, true, await attempt(deadline.Token), null);
        }
        catch (PlatformException exception)
        {
            return new PortCheck(port, false, exception.Message, cure);
        }
        catch (OperationCanceledException)
        {
            return new PortCheck(port, false, $"no answer within {Deadline.TotalSeconds:0} s", cure);
        }
    }
}
