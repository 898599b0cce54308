using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <summary>Starts programs and Start menu links as Explorer does; they inherit nothing, and outlive the Node.</summary>
[SupportedOSPlatform("windows")]
static class ApplicationLauncher
{
    /// <summary>ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_BAD_EXE_FORMAT, ERROR_NO_ASSOCIATION.</summary>
    static readonly int[] NotThere = [2, 3, 193, 1155];

    /// <returns>The process id.</returns>
    public static int Start(string path, IReadOnlyList<string> arguments)
    {
        // The shell, and not CreateProcess: that would hand our console and pipes on. ShellExecute also asks for elevation where a program needs it.
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = true,
            WorkingDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start);
            return process?.Id ?? throw new ActionFailedException($"{path} was started by a program that already runs, and has no process of its own; window.list shows its window.");
        }
        catch (Win32Exception exception) when (NotThere.Contains(exception.NativeErrorCode))
        {
            throw new NotFoundException($"{path} could not be started: {exception.Message}");
        }
        catch (Win32Exception exception)
        {
            throw new ActionFailedException($"{path} could not be started: {exception.Message}", exception);
        }
    }
}
