namespace Sophon.Node.Platform.Ports;

/// <summary>What a port may throw besides <see cref="OperationCanceledException"/>. The type tells the kind; messages are for people.</summary>
public abstract class PlatformException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A helper program is not installed.</summary>
/// <param name="tool">E.g. <c>xdotool</c>.</param>
/// <param name="installCommand">E.g. <c>sudo apt install xdotool</c>.</param>
public sealed class ToolMissingException(string tool, string installCommand)
    : PlatformException($"{tool} is not installed (not found on PATH). Install it: {installCommand}")
{
    public string Tool { get; } = tool;

    public string InstallCommand { get; } = installCommand;
}

/// <summary>No display server answers, or the screen is locked.</summary>
public sealed class DisplayUnavailableException(string message, Exception? inner = null) : PlatformException(message, inner);

/// <summary>This desktop can't do it; the message says what would make it work.</summary>
public sealed class UnsupportedException(string message) : PlatformException(message);

/// <summary>The named window, application, program or folder is not there.</summary>
public sealed class NotFoundException(string message) : PlatformException(message);

/// <summary>The value itself can't be carried out.</summary>
public sealed class InvalidInputException(string message) : PlatformException(message);

/// <summary>It was tried and did not happen: a helper failed or died, a window refused.</summary>
public sealed class ActionFailedException(string message, Exception? inner = null) : PlatformException(message, inner);
