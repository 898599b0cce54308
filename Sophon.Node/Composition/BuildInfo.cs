using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using Sophon.Node.Actors;

namespace Sophon.Node.Composition;

/// <summary>Which build this is, and what it runs on.</summary>
/// <param name="Version">E.g. <c>1.0.0</c>.</param>
/// <param name="Commit">Null when it was built outside a repository.</param>
sealed record BuildInfo(string Version, string? Commit, string Runtime, string System, string Architecture)
{
    public static BuildInfo Current { get; } = Read();

    /// <summary>Empty in the program of one file that eng/publish.sh makes; otherwise it runs on the machine's .NET.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Empty is the answer that is asked for.")]
    public static string AssemblyFile => typeof(BuildInfo).Assembly.Location;

    public static NodeFacts Facts => new(
        Environment.MachineName, Environment.UserName,
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux",
        Current.System, Current.Version);

    static BuildInfo Read()
    {
        var version = typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        return new(
            version[0], version.Length > 1 ? version[1] : null, RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription, RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
    }
}
