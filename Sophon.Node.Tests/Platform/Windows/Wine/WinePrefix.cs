using System.Collections.Concurrent;
using Sophon.Node.Tests.Structure;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Wine;

/// <summary>A Windows of the tests' own, gone with them. One at a time: each has one wineserver and one display.</summary>
public sealed class WinePrefix : IAsyncLifetime
{
    public const string Collection = "wine";

    static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Published = new();

    readonly TestFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await using var session = await WineSession.StartAsync(this, windowManager: false);
        await session.RunAsync("wineboot", "-i");
        await session.RunAsync("winecfg", "-v", "win10");
        // No debugger window when a program crashes.
        await session.RunAsync("reg", "add", @"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug", "/v", "Debugger", "/d", "none", "/f");
        await session.SetMachineVariableAsync(WineSession.WriteXorExecute, "0");
    }

    public string Path => folder.File("prefix");

    /// <summary>A file of the tests, for both sides.</summary>
    public string File(string name) => folder.File(name);

    /// <summary>Builds a project of this repository as a self-contained win-x64 folder; once per run, and only what has changed.</summary>
    /// <returns>The folder.</returns>
    public static Task<string> PublishAsync(string project) => Published.GetOrAdd(project, _ => new Lazy<Task<string>>(async () =>
    {
        var output = Repository.PathOf($"Sophon.Node.Tests/bin/wine/{System.IO.Path.GetFileName(project)}");
        // Artifacts of their own: the tests' build must not find its own restored for Windows.
        await TestProcess.RunAsync(
            "dotnet",
            ["publish", Repository.PathOf(project), "-c", "Release", "-r", "win-x64", "--self-contained", "-o", output,
             "--artifacts-path", Repository.PathOf("Sophon.Node.Tests/bin/wine/artifacts"), "-v", "quiet", "--nologo"],
            deadline: TimeSpan.FromMinutes(10));
        return output;
    })).Value;

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(WinePrefix.Collection)]
public sealed class WineTests : ICollectionFixture<WinePrefix>;
