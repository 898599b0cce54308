using Sophon.Node.Tests.Structure;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

[Trait("kind", "real")]
public sealed class DemoSpecs
{
    [Fact]
    public async Task Demo_should_prove_its_tour_and_leave_no_process_behind()
    {
        using var folder = new TestFolder();
        var output = await TestProcess.RunAsync(
            "bash", [Repository.PathOf("demo.sh"), "--once", "--no-build", "--keep", folder.File("shot.jpg")],
            new Dictionary<string, string?> { ["TMPDIR"] = folder.Path }, TimeSpan.FromMinutes(3));
        Assert.Contains("All 9 steps proved.", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(folder.File("shot.jpg")).Length > 5_000);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "sophon-*"));

        // Every process of the demo has the folder in its environment.
        var left = Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out var id) && id != Environment.ProcessId && Mentions(process, folder.Path)).ToList();
        Assert.Empty(left);
    }

    static bool Mentions(string process, string text)
    {
        try
        {
            return File.ReadAllText(process + "/environ").Contains(text, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
