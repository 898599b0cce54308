using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Release;

/// <summary>What is in the release, and that it is what it says.</summary>
[Trait("kind", "release")]
public sealed class ReleaseLayoutSpecs
{
    [Theory]
    [InlineData("sophon-node-linux-x64.tar.gz")]
    [InlineData("sophon-node-linux-arm64.tar.gz")]
    [InlineData("sophon-node-macos-arm64.tar.gz")]
    [InlineData("sophon-node-macos-x64.tar.gz")]
    public void Archive_that_is_unpacked_into_usr_local_bin_should_hold_the_program_and_nothing_else(string name)
    {
        var file = ReleaseFolder.File(name);
        if (!File.Exists(file)) Assert.Skip($"{name} is not part of this release");
        using var tar = new TarReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var entry = tar.GetNextEntry()!;
        Assert.Equal(("sophon-node", 0, 0, (UnixFileMode)0b111_101_101), (entry.Name, entry.Uid, entry.Gid, entry.Mode));
        Assert.Null(tar.GetNextEntry());
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {new FileInfo(file).Length / 1048576.0:0.0} MiB (goal ≤ 45)");
    }

    [Fact]
    public void Zip_should_hold_the_program_and_nothing_else()
    {
        using var zip = ZipFile.OpenRead(ReleaseFolder.File("sophon-node-win-x64.zip"));
        Assert.Equal("sophon-node.exe", Assert.Single(zip.Entries).FullName);
        TestContext.Current.TestOutputHelper!.WriteLine($"sophon-node-win-x64.zip: {new FileInfo(ReleaseFolder.File("sophon-node-win-x64.zip")).Length / 1048576.0:0.0} MiB (goal ≤ 45)");
    }

    [Fact]
    public async Task Sums_should_be_those_of_every_file()
    {
        var lines = await File.ReadAllLinesAsync(ReleaseFolder.File("SHA256SUMS"), TestContext.Current.CancellationToken);
        Assert.Equal(
            Directory.GetFiles(ReleaseFolder.Current).Select(Path.GetFileName).Where(name => name != "SHA256SUMS").Order(StringComparer.Ordinal),
            lines.Select(line => line[66..]).Order(StringComparer.Ordinal));
        foreach (var line in lines)
        {
            await using var file = File.OpenRead(ReleaseFolder.File(line[66..]));
            Assert.Equal(line[..64], Convert.ToHexStringLower(await SHA256.HashDataAsync(file, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task Second_build_of_the_same_commit_should_give_the_same_bytes()
    {
        async Task<string> SumAsync(string folder)
        {
            await using var file = File.OpenRead(Path.Combine(folder, ReleaseFolder.Archive));
            return Convert.ToHexString(await SHA256.HashDataAsync(file));
        }

        Assert.Equal(await SumAsync(ReleaseFolder.Current), await SumAsync(ReleaseFolder.Again));
    }

    [Theory]
    [InlineData("sophon-node", "Akka")]
    [InlineData("sophon-gateway", "Microsoft.EntityFrameworkCore.Sqlite")]
    public void Bill_of_materials_should_name_every_package_with_version_licence_and_sum(string program, string package)
    {
        var bom = JsonDocument.Parse(File.ReadAllText(ReleaseFolder.File($"{program}.cdx.json"))).RootElement;
        Assert.Equal(("CycloneDX", "1.6"), (bom.GetProperty("bomFormat").GetString(), bom.GetProperty("specVersion").GetString()));
        Assert.True(Guid.TryParse(bom.GetProperty("serialNumber").GetString()!["urn:uuid:".Length..], out _));
        var components = bom.GetProperty("components").EnumerateArray().ToList();
        Assert.All(components, component => Assert.Equal($"pkg:nuget/{component.GetProperty("name").GetString()}@{component.GetProperty("version").GetString()}", component.GetProperty("purl").GetString()));
        Assert.All(components, component => Assert.Equal(128, component.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length));
        Assert.Contains(components, component => component.GetProperty("name").GetString() == package);
        Assert.Contains(components, component => component.GetProperty("name").GetString() == "Microsoft.NETCore.App.Runtime.linux-x64");
        Assert.Equal(
            components.Select(component => component.GetProperty("bom-ref").GetString()),
            bom.GetProperty("dependencies")[0].GetProperty("dependsOn").EnumerateArray().Select(reference => reference.GetString()));
    }

    [Fact]
    public async Task Tool_should_be_installed_by_dotnet_and_run()
    {
        using var home = new TestFolder();
        var environment = new Dictionary<string, string?> { ["DOTNET_CLI_HOME"] = home.Path, ["HOME"] = home.Path, ["SOPHON_NODE_HOME"] = home.File("node"), ["NUGET_PACKAGES"] = home.File("packages") };
        foreach (var program in new[] { "sophon-node", "sophon-gateway" })
        {
            await TestProcess.RunAsync("dotnet", ["tool", "install", "-g", program, "--add-source", ReleaseFolder.Current], environment, TimeSpan.FromMinutes(3));
            Assert.Contains("1.0.0", await TestProcess.RunAsync(home.File($".dotnet/tools/{program}"), ["version"], environment), StringComparison.Ordinal);
        }
    }
}
