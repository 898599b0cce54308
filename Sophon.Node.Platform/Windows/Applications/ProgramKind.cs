using System.Reflection.PortableExecutable;

namespace Sophon.Node.Platform.Windows;

static class ProgramKind
{
    /// <summary>
    /// The program says that it draws windows (subsystem "Windows GUI"). Console programs of Windows are no applications:
    /// a name alone must not reach a shell.
    /// </summary>
    public static bool HasWindows(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new PEReader(file);
            return reader.PEHeaders.PEHeader?.Subsystem == Subsystem.WindowsGui;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return false;
        }
    }
}
