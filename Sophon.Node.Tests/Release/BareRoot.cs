using Sophon.Node.Tests.Release;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

[assembly: AssemblyFixture(typeof(BareRoot))]

namespace Sophon.Node.Tests.Release;

/// <summary>A Debian without .NET, ICU or anything else but what the page asks for, in a folder of its own. Made when the first test asks, gone with the last.</summary>
public sealed class BareRoot : IAsyncDisposable
{
    readonly Lazy<Task<TestFolder>> made = new(MakeAsync);

    public async Task<string> PathOfAsync(string inside) => (await FolderAsync()).File("root" + inside);

    /// <summary>Runs a shell's command line in it; any exit code but 0 fails the test.</summary>
    public async Task<string> RunAsync(string command, TimeSpan? deadline = null) =>
        await TestProcess.RunAsync("/usr/bin/unshare", Arguments((await FolderAsync()).File("root"), command), Environment, deadline ?? TimeSpan.FromMinutes(2));

    public async Task<ProgramProcess> StartAsync(string command) =>
        ProgramProcess.Start("/usr/bin/unshare", Arguments((await FolderAsync()).File("root"), "exec " + command), Environment);

    public async ValueTask DisposeAsync()
    {
        if (made.IsValueCreated) (await made.Value).Dispose();
    }

    static IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["DISPLAY"] = null };

    Task<TestFolder> FolderAsync()
    {
        if (!System.Environment.IsPrivilegedProcess) Assert.Skip("a root of its own takes root's rights");
        return made.Value;
    }

    // The mounts are seen by this process and its children only, and vanish with them.
    static string[] Arguments(string root, string command) =>
    [
        "--mount", "sh", "-ec", "mount -t proc proc \"$1/proc\"; mount --rbind /dev \"$1/dev\"; exec chroot \"$1\" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 sh -c \"$2\"",
        "sh", root, command,
    ];

    static async Task<TestFolder> MakeAsync()
    {
        var folder = new TestFolder();

        // From where this machine has its own packages.
        var source = (await TestProcess.RunAsync("apt-get", ["indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages"]))
            .Split('\n').Select(line => line.Split(' ')).First(words => words.Length == 2 && !words[1].Contains('-', StringComparison.Ordinal));
        await TestProcess.RunAsync(
            "debootstrap", ["--variant=minbase", "--include=libstdc++6,libssl3,ca-certificates,curl,sudo", source[1], folder.File("root"), source[0]], deadline: TimeSpan.FromMinutes(15));
        foreach (var file in new[] { "resolv.conf", "hosts" }) if (File.Exists("/etc/" + file)) File.Copy("/etc/" + file, folder.File("root/etc/" + file), overwrite: true);

        // What a person types at apt's question.
        await File.WriteAllTextAsync(folder.File("root/etc/apt/apt.conf.d/yes"), "APT::Get::Assume-Yes \"true\";\n");
        return folder;
    }
}
