using System.Runtime.CompilerServices;

namespace Sophon.Node.Tests.Structure;

/// <summary>Where this repository's sources lie, as the compiler saw them.</summary>
static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "..", ".."));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
