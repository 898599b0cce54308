using Akka.Configuration;
using Serilog.Events;
using Sophon.Node.Actors;

namespace Sophon.Node.Settings;

/// <summary>Everything that hocon/ and node.conf say.</summary>
/// <param name="Hocon">For the actor system.</param>
sealed record ProgramSettings(NodeSettings Node, LogSettings Log, DesktopSettings Desktop, Config Hocon);

/// <summary>What drives each kind of desktop.</summary>
sealed record DesktopSettings(Backend X11, Backend Wayland)
{
    public DesktopSettings() : this(Backend.Auto, Backend.Auto) { }
}

/// <summary><see cref="Native"/>: the display server's own protocol. <see cref="Tools"/>: the helper programs of the install page.</summary>
enum Backend { Auto, Native, Tools }

/// <param name="ConsoleLevel">What standard error gets; null for nothing.</param>
/// <param name="FileLevel">What the file gets.</param>
/// <param name="RetainedDays">Files older than this are deleted.</param>
/// <param name="FileMegabytes">A file that has grown to this gets a successor on the same day.</param>
/// <param name="RetainedFiles">More than these, and the oldest are deleted.</param>
sealed record LogSettings(LogEventLevel? ConsoleLevel, LogEventLevel FileLevel, int RetainedDays, int FileMegabytes = 16, int RetainedFiles = 30)
{
    public LogSettings() : this(LogEventLevel.Warning, LogEventLevel.Information, 14) { }
}

/// <summary>Which overlay of hocon/ lies over the defaults.</summary>
enum RunMode { Console, Service }

/// <summary>node.conf can't be used; the message names file, line, key and cure.</summary>
sealed class SettingsException(string message) : Exception(message);
