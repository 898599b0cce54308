using System.Runtime.Versioning;
using Sophon.Node.Files;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Linux.Session;
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
    public static IDesktop Pick(DesktopSettings settings, NodeHome home) =>
        OperatingSystem.IsLinux() ? FollowDisplaysAsync(settings, new PortalTokenFile(home)).GetAwaiter().GetResult()
        : OperatingSystem.IsWindowsVersionAtLeast(10) ? new WindowsDesktop()
        : OperatingSystem.IsMacOS() ? new MacDesktop()
        : new UnsupportedDesktop(() => new UnsupportedException("This Node drives Windows, macOS and Linux desktops only"), "Run the Node on one of these.");

    /// <summary>libjpeg-turbo where it is installed, which is several times faster; else Skia.</summary>
    public static IImageEncoder PickEncoder() => TurboJpegEncoder.CreateBest();

    [SupportedOSPlatform("linux")]
    static async Task<IDesktop> FollowDisplaysAsync(DesktopSettings settings, IPortalTokenStore tokens)
    {
        var scan = DisplayScan.OfThisProcess();
        return await FollowingDesktop.CreateAsync(scan.Look, MakeAsync, TimeProvider.System, CancellationToken.None);

        async Task<IDesktop> MakeAsync(DisplayChoice choice, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LookAtMost);
            return choice.Kind switch
            {
                DisplayKind.Wayland => await MakeForWaylandAsync(settings.Wayland, scan.RuntimeFolder(), choice, tokens, limit.Token),
                DisplayKind.X11 => await MakeForX11Async(settings.X11, X11Environment.FromProcess() with { Display = choice.Name }, limit.Token),
                _ => new UnsupportedDesktop(() => new DisplayUnavailableException(choice.Reason), "Start the Node inside the desktop session, or set DISPLAY or WAYLAND_DISPLAY; one that appears later is noticed."),
            };
        }
    }

    [SupportedOSPlatform("linux")]
    static Task<IDesktop> MakeForWaylandAsync(Backend backend, string? runtimeFolder, DisplayChoice choice, IPortalTokenStore tokens, CancellationToken cancellationToken)
    {
        var environment = WaylandEnvironment.FromProcess() with { RuntimeDirectory = runtimeFolder };
        var named = choice.Name == runtimeFolder ? environment : environment with { DisplayName = choice.Name };
        return WaylandDesktop.CreateAsync(named, (WaylandBackend)backend, tokens, cancellationToken);
    }

    [SupportedOSPlatform("linux")]
    static async Task<IDesktop> MakeForX11Async(Backend backend, X11Environment environment, CancellationToken cancellationToken)
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
