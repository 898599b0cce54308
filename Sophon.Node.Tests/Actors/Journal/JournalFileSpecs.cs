using Sophon.Node.Actors.Journal;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Actors.Journal;

public sealed class JournalFileSpecs(ITestOutputHelper console) : IDisposable
{
    static readonly JournalRecord Begun = new JournalRecord.Begun("boot");

    readonly TestFolder folder = new();

    string Home => folder.File("journal");

    string File => Path.Combine(Home, "commands.journal");

    JournalFile Open(string? at = null, bool sync = false) => new(at ?? Home, "~/.sophon-node/journal", sync);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Records_should_be_there_for_the_next_process(bool sync)
    {
        using (var journal = Open(sync: sync))
        {
            Assert.Same(JournalReading.Nothing, journal.Read());
            journal.Rewrite([Begun]);
            for (var i = 0; i < 100; i++) journal.Append(new JournalRecord.Started($"{i}"));
        }

        using var next = Open();
        var reading = next.Read();
        Assert.True(reading.IsWhole);
        Assert.Equal([Begun, .. Enumerable.Range(0, 100).Select(i => new JournalRecord.Started($"{i}"))], reading.Records);
    }

    [Fact]
    public void Each_record_should_be_there_before_append_returns()
    {
        using var journal = Open();
        journal.Rewrite([Begun]);
        for (var i = 1; i <= 20; i++)
        {
            journal.Append(new JournalRecord.Started($"{i}"));
            using var reader = Open();
            Assert.Equal((i + 1, true), (reader.Read().Records.Count, reader.Read().IsWhole));
        }
    }

    [Fact]
    public void Rewrite_should_replace_everything_in_one_step_and_go_on()
    {
        using var journal = Open();
        journal.Rewrite([Begun]);
        for (var i = 0; i < 1_000; i++) journal.Append(new JournalRecord.Started($"{i}"));
        var grown = journal.Length;
        var many = Enumerable.Range(0, 10_000).Select(JournalRecord (i) => new JournalRecord.Acknowledged($"{i}")).ToList();
        journal.Rewrite(many);
        Assert.Equal(many, Open().Read().Records);
        journal.Rewrite([Begun]);
        journal.Append(new JournalRecord.Started("last"));
        Assert.Equal([Begun, new JournalRecord.Started("last")], Open().Read().Records);
        Assert.True(journal.Length < grown);
        Assert.Equal(journal.Length + 4, new FileInfo(File).Length);
        Assert.Equal(["commands.journal"], Directory.GetFiles(Home).Select(Path.GetFileName));
    }

    [Fact]
    public void Rest_of_an_interrupted_rewrite_should_not_be_in_the_way()
    {
        Directory.CreateDirectory(Home);
        System.IO.File.WriteAllText(File + ".new", "half");
        using var journal = Open();
        journal.Rewrite([Begun]);
        Assert.Equal([Begun], Open().Read().Records);
    }

    [Fact]
    public void Files_should_be_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no modes; the profile's ACL holds.");
        using var journal = Open();
        journal.Rewrite([Begun]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Home));
    }

    [Fact]
    public void Folder_that_cannot_be_made_should_be_named()
    {
        System.IO.File.WriteAllText(Home, "in the way");
        using var journal = Open();
        var problem = Assert.Throws<JournalException>(() => journal.Rewrite([Begun]));
        Assert.Contains("~/.sophon-node/journal", problem.Message, StringComparison.Ordinal);
        Assert.Throws<JournalException>(() => journal.Append(Begun));
        Assert.Equal("in the way", System.IO.File.ReadAllText(Home));
    }

    [Fact]
    public void Journal_that_cannot_be_read_should_be_set_aside_not_overwritten()
    {
        // A link to itself: root reads every file.
        Directory.CreateDirectory(Home);
        System.IO.File.CreateSymbolicLink(File, File);
        using var journal = Open();
        Assert.Throws<JournalException>(() => journal.Read());
        journal.Rewrite([Begun]);
        Assert.Equal([Begun], Open().Read().Records);
        Assert.Equal(File, new FileInfo(File + ".unreadable").LinkTarget);
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Full_disk_should_be_named_keep_what_is_there_and_be_left_behind()
    {
        var disk = folder.File("disk");
        Directory.CreateDirectory(disk);
        if (!await TryMountAsync(disk)) Assert.Skip("Mounting a small file system needs root.");
        try
        {
            var filler = Path.Combine(disk, "filler");
            await System.IO.File.WriteAllBytesAsync(filler, new byte[64 * 1024], TestContext.Current.CancellationToken);
            using var journal = Open(Path.Combine(disk, "journal"));
            journal.Rewrite([Begun]);
            var written = 0;
            var problem = Assert.Throws<JournalException>(() =>
            {
                for (; written < 10_000; written++) journal.Append(new JournalRecord.Owned(new string('x', 1_000)));
            });
            Assert.Contains("disk is full", problem.Message, StringComparison.Ordinal);
            Assert.Equal(written + 1, Open(Path.Combine(disk, "journal")).Read().Records.Count);
            Assert.Contains("disk is full", Assert.Throws<JournalException>(() => journal.Rewrite(Enumerable.Repeat(Begun, 10_000))).Message, StringComparison.Ordinal);
            Assert.Equal(written + 1, Open(Path.Combine(disk, "journal")).Read().Records.Count);
            System.IO.File.Delete(filler);
            journal.Rewrite([Begun]);
            journal.Append(new JournalRecord.Started("again"));
            Assert.Equal([Begun, new JournalRecord.Started("again")], Open(Path.Combine(disk, "journal")).Read().Records);
        }
        finally
        {
            await TestProcess.RunAsync("umount", [disk]);
        }
    }

    static async Task<bool> TryMountAsync(string at)
    {
        try
        {
            await TestProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=128k", "sophon-test", at]);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [Theory]
    [Trait("kind", "bench")]
    [InlineData(false)]
    [InlineData(true)]
    public void Cost_per_command(bool sync)
    {
        using var journal = Open(sync: sync);
        console.WriteLine($"journal, sync {(sync ? "on" : "off")}: {JournalCost.Measure(journal, sync ? 500 : 50_000)}");
    }
}
