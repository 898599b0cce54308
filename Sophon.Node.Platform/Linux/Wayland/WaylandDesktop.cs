using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary><c>platform.wayland.backend</c>.</summary>
public enum WaylandBackend
{
    /// <summary>What fits the compositor.</summary>
    Auto,

    /// <summary>wlroots' own protocols.</summary>
    Native,

    /// <summary>The helpers that the install page names.</summary>
    Tools,
}

/// <summary>Picks the desktop for a Wayland session.</summary>
[SupportedOSPlatform("linux")]
public static class WaylandDesktop
{
    /// <summary>Makes the desktop; nothing stays connected before its first call, so the compositor may come later.</summary>
    /// <param name="environment">Where to look for the compositor.</param>
    /// <param name="backend">Auto: the portal for GNOME and KDE, native for everything else.</param>
    /// <param name="tokens">Keeps the consent that GNOME and KDE ask for.</param>
    /// <param name="cancellationToken">Ends the look at the compositor that is there.</param>
    public static async Task<IDesktop> CreateAsync(
        WaylandEnvironment environment, WaylandBackend backend, IPortalTokenStore? tokens, CancellationToken cancellationToken) => backend switch
        {
            WaylandBackend.Tools => new WaylandToolsDesktop(environment),
            WaylandBackend.Native => new WaylandNativeDesktop(environment),
            _ when await FindKindAsync(environment, cancellationToken) is CompositorKind.Gnome or CompositorKind.Kde =>
                new WaylandPortalDesktop(environment, Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), tokens),
            _ => new WaylandNativeDesktop(environment),
        };

    static async Task<CompositorKind?> FindKindAsync(WaylandEnvironment environment, CancellationToken cancellationToken)
    {
        try
        {
            return (await CompositorProbe.ReadAsync(environment, cancellationToken)).Kind;
        }
        catch (Exception error) when (error is PlatformException or OperationCanceledException)
        {
            return CompositorFacts.DesktopKind(environment.CurrentDesktop);
        }
    }
}
