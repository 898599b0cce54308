using System.Runtime.Versioning;
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
    /// <summary>Makes the desktop; nothing is connected before its first call, so the compositor may come later.</summary>
    public static Task<IDesktop> CreateAsync(WaylandEnvironment environment, WaylandBackend backend, CancellationToken cancellationToken) =>
        Task.FromResult<IDesktop>(backend == WaylandBackend.Tools ? new WaylandToolsDesktop(environment) : new WaylandNativeDesktop(environment));
}
