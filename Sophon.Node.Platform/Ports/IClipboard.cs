namespace Sophon.Node.Platform.Ports;

/// <summary>The text on the clipboard.</summary>
public interface IClipboard
{
    /// <summary>The text; empty when the clipboard is empty or holds no text. Never waits for a hanging owner past the token.</summary>
    Task<string> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Puts <paramref name="text"/> on the clipboard and returns when the display server confirms it.</summary>
    /// <returns>
    /// Null where the OS itself keeps the text. On X11 and Wayland a client serves it: the helper that has to stay alive
    /// until somebody else takes the clipboard over (it then exits with code 0). The caller supervises and disposes it.
    /// </returns>
    Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken);
}

/// <summary>A helper program that lives longer than one call.</summary>
public interface IHelperProcess : IAsyncDisposable
{
    /// <summary>The program's name, e.g. <c>xclip</c>.</summary>
    string Tool { get; }

    int ProcessId { get; }

    /// <summary>Completes with the exit code (128 + signal when killed) when the helper has ended. Never faults.</summary>
    Task<int> Exited { get; }
}
