using System.IO.Compression;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Release;

/// <summary>What eng/publish.sh has made: test.sh --release makes it first, from a clone, and names it here.</summary>
static class ReleaseFolder
{
    public const string Archive = "sophon-node-linux-x64.tar.gz";

    /// <summary>Everything, for linux-x64 and win-x64.</summary>
    public static string Current => Named("SOPHON_TEST_RELEASE");

    /// <summary>The Node's linux-x64 archive once more, from the same commit.</summary>
    public static string Again => Named("SOPHON_TEST_RELEASE_AGAIN");

    /// <summary>The Node's linux-x64 archive as version 1.0.1.</summary>
    public static string Next => Named("SOPHON_TEST_RELEASE_NEXT");

    public static string File(string name) => Path.Combine(Current, name);

    /// <summary>Unpacks the Node's linux-x64 program.</summary>
    public static async Task<string> UnpackAsync(string release, string folder)
    {
        Directory.CreateDirectory(folder);
        await TestProcess.RunAsync("tar", ["-xzf", Path.Combine(release, Archive), "-C", folder]);
        return Path.Combine(folder, "sophon-node");
    }

    public static string UnpackZip(string name, string folder)
    {
        ZipFile.ExtractToDirectory(File(name), folder);
        return folder;
    }

    static string Named(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder) return folder;
        Assert.Skip($"./test.sh --release makes the release first, and names its folder in {variable}");
        return "";
    }
}
