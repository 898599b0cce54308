namespace Sophon.Node.Platform.Ports;

/// <summary>One desktop: all its ports. The program picks one at start; every port is safe to call from several threads.</summary>
public interface IDesktop : IAsyncDisposable
{
    /// <summary>For people: "Linux X11 (:0), tools".</summary>
    string Description { get; }

    IScreen Screen { get; }

    IPointer Pointer { get; }

    IKeyboard Keyboard { get; }

    IClipboard Clipboard { get; }

    IWindows Windows { get; }

    IApplications Applications { get; }

    INotifications Notifications { get; }

    ISystem System { get; }

    /// <summary>The state of the session that the ports drive, for heartbeat and <c>doctor</c>. Never throws.</summary>
    Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken);

    /// <summary>Tries each port without changing anything, and the helpers it needs. Never throws.</summary>
    Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken);
}

public enum SessionState { Active, Locked, NoDisplay }

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Port">E.g. "screen", "helper xdotool".</param>
/// <param name="Works">It was tried and did what it should.</param>
/// <param name="Detail">What was seen, or what is wrong.</param>
/// <param name="Cure">The exact command or setting; null when it works.</param>
public sealed record PortCheck(string Port, bool Works, string Detail, string? Cure)
{
    /// <summary>The helper whose absence is all that is wrong; null where it is something else.</summary>
    public string? MissingTool { get; init; }
}
