using Sophon.Node.Files.Unix;
using Sophon.Node.Files.Windows;

namespace Sophon.Node.Files;

/// <summary>Whether a file or folder is an administrator's, and nobody else can change it.</summary>
static class Ownership
{
    const uint Root = 0;

    /// <summary>In words; null when it is.</summary>
    public static string? FaultOf(string path) => OperatingSystem.IsWindows() ? WindowsOwnership.FaultOf(path) : UnixOwnership.FaultOf(path, Root);
}
