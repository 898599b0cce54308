using System.Runtime.Versioning;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Linux.X11;
using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Settings;

namespace Sophon.Node.Composition;

/// <summary>The one place that picks the desktop.</summary>
static class DesktopSelection
{
    /// <summary>A display server that does not answer must not hold up the start: the desktop connects by itself later.</summary>
    static readonly TimeSpan LookAtMost = TimeSpan.FromSeconds(3);

    // Called once, while nothing else runs yet: waiting here blocks nobody.
    public static IDesktop Pick(DesktopSettings settings) =>
        OperatingSystem.IsLinux() ? PickForLinuxAsync(settings).GetAwaiter().GetResult()
        : OperatingSystem.IsWindowsVersionAtLeast(10) ? new WindowsDesktop()
        : OperatingSystem.IsMacOS() ? new MacDesktop()
        : new UnsupportedDesktop("This Node drives Windows, macOS and Linux desktops only");

    /// <summary>libjpeg-turbo where it is installed, which is several times faster; else Skia.</summary>
    public static IImageEncoder PickEncoder() => TurboJpegEncoder.CreateBest();

    [SupportedOSPlatform("linux")]
    static async Task<IDesktop> PickForLinuxAsync(DesktopSettings settings)
    {
        using var limit = new CancellationTokenSource(LookAtMost);
        return IsWayland(Environment.GetEnvironmentVariable)
            ? await WaylandDesktop.CreateAsync(WaylandEnvironment.FromProcess(), (WaylandBackend)settings.Wayland, tokens: null, limit.Token)
            : await PickForX11Async(settings.X11, X11Environment.FromProcess(), limit.Token);
    }

    /// <summary>A Wayland session often offers an X server besides (Xwayland), which shows X clients only: so Wayland wins unless the session says x11.</summary>
    public static bool IsWayland(Func<string, string?> variable) =>
        variable("XDG_SESSION_TYPE") == "wayland"
        || (!string.IsNullOrEmpty(variable("WAYLAND_DISPLAY")) && variable("XDG_SESSION_TYPE") != "x11");

    [SupportedOSPlatform("linux")]
    static async Task<IDesktop> PickForX11Async(Backend backend, X11Environment environment, CancellationToken cancellationToken)
    {
        if (backend == Backend.Tools) return new X11ToolsDesktop(environment);

        var native = new X11NativeDesktop(environment);
        try
        {
            if (backend == Backend.Native || await native.FindObstacleAsync(cancellationToken) is null) return native;
        }
        catch (Exception noAnswer) when (noAnswer is DisplayUnavailableException or OperationCanceledException)
        {
            // Nothing can be told of a server that is not there; native connects when it is.
            return native;
        }

        await native.DisposeAsync();
        return new X11ToolsDesktop(environment);
    }
}
