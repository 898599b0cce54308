using System.Runtime.Versioning;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>An X11 desktop driven by the helpers that the install page names: xdotool, scrot, xclip, wmctrl.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11ToolsDesktop(X11Environment environment) : IDesktop
{
    public string Description => $"Linux X11 ({environment.Display ?? "no DISPLAY"}), tools";

    public IScreen Screen => throw new UnsupportedException("Not built yet.");

    public IPointer Pointer => throw new UnsupportedException("Not built yet.");

    public IKeyboard Keyboard => throw new UnsupportedException("Not built yet.");

    public IClipboard Clipboard => throw new UnsupportedException("Not built yet.");

    public IWindows Windows => throw new UnsupportedException("Not built yet.");

    public IApplications Applications => throw new UnsupportedException("Not built yet.");

    public INotifications Notifications => throw new UnsupportedException("Not built yet.");

    public ISystem System { get; } = new DotNetSystem();

    public Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken) => Task.FromResult(SessionState.NoDisplay);

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PortCheck>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
