using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Sophon.Node.Tests.Support;
using Sophon.Operations.Releases;
using Xunit;

namespace Sophon.Node.Tests.Operations.Releases;

public sealed class ReleaseSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly HttpClient http = new();
    readonly InstalledProgram program;

    public ReleaseSpecs()
    {
        program = new InstalledProgram(folder.File("sophon-node"));
        File.WriteAllText(program.File, "old");
        File.SetUnixFileMode(program.File, (UnixFileMode)0b111_101_101);
    }

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Swap_should_replace_the_program_keep_the_old_one_and_go_back(bool zip)
    {
        program.Unpack(zip ? Zip("sophon-node", "new") : Tar("sophon-node", "new"));
        Assert.Equal("old", File.ReadAllText(program.File));
        program.Swap();
        Assert.Equal(("new", "old"), (File.ReadAllText(program.File), File.ReadAllText(program.Previous)));
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(program.File));
        program.SwapBack();
        Assert.Equal(("old", "old"), (File.ReadAllText(program.File), File.ReadAllText(program.Previous)));
        Assert.Equal([program.File, program.Previous], Directory.GetFiles(folder.Path, "sophon-node*").Order());
    }

    [Fact]
    public void Archive_without_the_program_should_change_nothing()
    {
        Assert.Contains("holds no sophon-node", Assert.Throws<ReleaseException>(() => program.Unpack(Tar("other", "new"))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no sophon-node", Assert.Throws<ReleaseException>(() => program.Unpack(Zip("bin/../sophon-node", "new"))).Message, StringComparison.Ordinal);
        Assert.Throws<ReleaseException>(() => program.Unpack(Plain("no archive at all")));
        Assert.Equal("old", File.ReadAllText(program.File));
        Assert.False(File.Exists(program.Next));
    }

    [Fact]
    public async Task Wrong_sum_should_be_refused_with_both_sums()
    {
        var file = Plain("content");
        var right = Convert.ToHexStringLower(SHA256.HashData("content"u8));
        await Source().FetchAsync(file, right.ToUpperInvariant(), folder.File("fetched"), TestContext.Current.CancellationToken);
        Assert.Equal("content", await File.ReadAllTextAsync(folder.File("fetched"), TestContext.Current.CancellationToken));
        var wrong = new string('0', 64);
        var error = await Assert.ThrowsAsync<ReleaseException>(() => Source().FetchAsync(file, wrong, folder.File("fetched"), TestContext.Current.CancellationToken));
        Assert.Contains(right, error.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0.1", "1.0.0", true)]
    [InlineData("1.0.0", "1.0.0", false)]
    [InlineData("1.0.10", "1.0.9", true)]
    [InlineData("0.9.0", "1.0.0", false)]
    public void Newer_should_be_told_by_number(string theirs, string ours, bool newer) =>
        Assert.Equal(newer, new ReleaseIndex(theirs, "", []).IsNewerThan(ours));

    [Theory]
    [InlineData("http://releases.example.com/node", true)]
    [InlineData("http://127.0.0.1:9/node", false)]
    [InlineData("https://releases.example.com/node", false)]
    [InlineData("/srv/release", false)]
    public void Source_whose_sums_anybody_could_replace_should_be_refused(string source, bool refused) => Assert.Equal(refused, ReleaseSource.Objection(source) is not null);

    [Fact]
    public async Task Index_that_is_none_should_be_named()
    {
        await File.WriteAllTextAsync(folder.File(ReleaseIndex.FileName), "<html>", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<ReleaseException>(() => Source().ReadIndexAsync(folder.Path, TestContext.Current.CancellationToken));
        Assert.Contains("release.json is no list of a release", error.Message, StringComparison.Ordinal);
    }

    ReleaseSource Source() => new(http, (_, _) => { });

    string Plain(string content)
    {
        var file = folder.File(Path.GetRandomFileName());
        File.WriteAllText(file, content);
        return file;
    }

    string Zip(string entry, string content)
    {
        var file = folder.File(Path.GetRandomFileName());
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
        writer.Write(content);
        return file;
    }

    string Tar(string entry, string content)
    {
        var file = folder.File(Path.GetRandomFileName());
        using var tar = new TarWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });
        return file;
    }
}
