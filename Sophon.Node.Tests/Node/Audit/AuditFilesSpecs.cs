using System.Diagnostics;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Audit;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Audit;

public sealed class AuditFilesSpecs(ITestOutputHelper console) : IDisposable
{
    readonly TestFolder folder = new();

    string Home => folder.File("audit");

    AuditFolder Audit => new(Home);

    public void Dispose() => folder.Dispose();

    AuditFiles Open(long fileLimit = 1_000_000, int filesKept = 16) => new(Home, TimeProvider.System, fileLimit, filesKept);

    AuditReport Verify(AuditHead? head = null) => AuditReader.Verify(Audit, head);

    /// <summary>So many records, and the head after them.</summary>
    AuditHead Write(int count, long fileLimit = 1_000_000, int filesKept = 16)
    {
        using var audit = Open(fileLimit, filesKept);
        for (var number = 0; number < count; number++) audit.Append(new AuditEntry("commandStarted") { CommandId = $"c{number}", Command = "system.info", ParameterBytes = number });
        return audit.Head!;
    }

    [Fact]
    public void Chain_should_hold_over_processes_and_files()
    {
        Write(20, fileLimit: 2_000);
        var head = Write(20, fileLimit: 2_000);
        var report = Verify(head);
        Assert.True(report.Intact, string.Join('\n', report.Faults));
        Assert.Equal(head, report.Head);
        Assert.True(Audit.Files.Count > 3);
    }

    [Fact]
    public void Two_writers_should_share_one_chain()
    {
        using AuditFiles one = Open(fileLimit: 3_000), other = Open(fileLimit: 3_000);
        Parallel.For(0, 200, number => (number % 2 == 0 ? one : other).Append(new AuditEntry("x") { Count = number }));
        var report = Verify();
        Assert.True(report.Intact, string.Join('\n', report.Faults));
        Assert.True(report.Records >= 200);
    }

    [Fact]
    public void Change_of_any_byte_should_be_found()
    {
        var head = Write(6);
        var file = Audit.Files[0].File;
        var whole = File.ReadAllBytes(file);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var change in new byte[] { 1, 0x20, 0x80 })
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= change;
                File.WriteAllBytes(file, changed);
                Assert.False(Verify(head).Intact, $"byte {at} changed by {change}");
            }
        }
    }

    [Fact]
    public void Dropped_doubled_swapped_and_cut_records_should_be_found()
    {
        var head = Write(8);
        var file = Audit.Files[0].File;
        var lines = File.ReadAllLines(file);
        void AssertFound(IEnumerable<string> changed, string what)
        {
            File.WriteAllText(file, string.Concat(changed.Select(line => line + "\n")));
            Assert.False(Verify(head).Intact, what);
        }

        for (var at = 0; at < lines.Length; at++)
        {
            AssertFound(lines.Where((_, index) => index != at), $"record {at} dropped");
            AssertFound([.. lines[..(at + 1)], .. lines[at..]], $"record {at} doubled");
            if (at > 0) AssertFound([.. lines[..(at - 1)], lines[at], lines[at - 1], .. lines[(at + 1)..]], $"records {at - 1} and {at} swapped");
            AssertFound(lines[..at], $"cut to {at} records");
        }

        // Without the Gateway's head a cut tail can't be seen: that is what the head is for.
        File.WriteAllText(file, string.Concat(lines[..4].Select(line => line + "\n")));
        Assert.True(Verify().Intact);
    }

    [Fact]
    public void Rewritten_chain_should_be_found_by_the_head()
    {
        var head = Write(5);
        File.Delete(Audit.Files[0].File);
        Write(9);
        Assert.True(Verify().Intact);
        Assert.Contains("rewritten", Assert.Single(Verify(head).Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replaced_record_with_a_right_hash_of_its_own_should_be_found()
    {
        var head = Write(5);
        var file = Audit.Files[0].File;
        var lines = File.ReadAllLines(file);
        var before = AuditRecord.Read(System.Text.Encoding.UTF8.GetBytes(lines[1]))!.Head;
        var (forged, _) = AuditRecord.Write(before, DateTimeOffset.UtcNow, new AuditEntry("commandStarted") { Command = "system.info" });
        lines[2] = System.Text.Encoding.UTF8.GetString(forged).TrimEnd();
        File.WriteAllLines(file, lines);
        Assert.Contains("was replaced", Assert.Single(Verify().Faults).Message, StringComparison.Ordinal);
        File.WriteAllLines(file, [.. lines[..2], lines[2]]);
        Assert.False(Verify(head).Intact);
    }

    [Fact]
    public void Torn_record_that_is_longer_than_the_repair_should_leave_nothing_behind()
    {
        Write(2);
        File.AppendAllText(Audit.Files[0].File, "{\"sequence\":3,\"detail\":\"" + new string('x', 5_000));
        Write(1);
        Assert.True(Verify().Intact, string.Join('\n', Verify().Faults));
        Assert.Equal(4, Verify().Records);
    }

    [Fact]
    public void Missing_file_should_be_found_unless_it_was_too_old_to_keep()
    {
        var head = Write(60, fileLimit: 2_000, filesKept: 3);
        Assert.Equal(3, Audit.Files.Count);
        Assert.True(Verify(head).Intact, string.Join('\n', Verify(head).Faults));
        File.Delete(Audit.Files[0].File);
        Assert.Contains("are missing", Assert.Single(Verify(head).Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Torn_record_should_be_repaired_and_said_at_every_length()
    {
        Write(3);
        var file = Audit.Files[0].File;
        var whole = File.ReadAllBytes(file);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var length = last + 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.False(Verify().Intact);
            Write(1);
            var report = Verify();
            Assert.True(report.Intact, $"{length}: {string.Join('\n', report.Faults)}");
            var repaired = AuditReader.Last(Audit, 2)[0];
            Assert.Contains("\"event\":\"repaired\"", repaired, StringComparison.Ordinal);
            Assert.Contains($"\"count\":{length - last}", repaired, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Garbled_line_should_stay_and_be_found_while_the_chain_goes_on()
    {
        Write(3);
        File.AppendAllText(Audit.Files[0].File, "nonsense\n");
        Write(2);
        var report = Verify();
        Assert.Contains("is no record", Assert.Single(report.Faults).Message, StringComparison.Ordinal);
        Assert.Equal(6, report.Records);
    }

    [Fact]
    public void Cut_under_a_running_node_should_show_as_a_gap()
    {
        using var audit = Open();
        for (var number = 0; number < 5; number++) audit.Append(new AuditEntry("x"));
        var file = Audit.Files[0].File;
        File.WriteAllLines(file, File.ReadAllLines(file)[..3]);
        audit.Append(new AuditEntry("x"));
        Assert.Contains("record 4 should stand here", Assert.Single(Verify().Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_should_be_readable_by_their_owner_only()
    {
        Write(1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Audit.Files[0].File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Home));
    }

    [Fact]
    public void Records_that_could_not_be_written_should_be_counted()
    {
        using var audit = Open();
        audit.Append(new AuditEntry("x"));
        using (new FileStream(Audit.Files[0].File, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) Assert.Throws<AuditUnavailableException>(() => audit.Append(new AuditEntry("lost")));
        audit.Append(new AuditEntry("x"));
        Assert.Contains("\"event\":\"missed\"", AuditReader.Last(Audit, 2)[0], StringComparison.Ordinal);
        Assert.True(Verify().Intact);
    }

    [Fact]
    public void Text_of_any_kind_should_make_a_valid_record()
    {
        using var audit = Open();
        foreach (var text in new[] { "\uD800", "\0\n\"\\", "\u2028", new string('x', 100_000), "😀", "" }) audit.Append(new AuditEntry("x") { Detail = text });
        Assert.True(Verify().Intact);
        Assert.True(new FileInfo(Audit.Files[0].File).Length < 10_000);
    }

    [Fact]
    public void Cost_of_a_record_is_printed()
    {
        using var audit = Open(8 * 1024 * 1024);
        var entry = new AuditEntry("commandStarted") { CommandId = Guid.NewGuid().ToString(), Command = "input.mouse.click", ParameterBytes = 40 };
        var micros = new double[5_000];
        for (var number = -500; number < micros.Length; number++)
        {
            var start = Stopwatch.GetTimestamp();
            audit.Append(entry);
            if (number >= 0) micros[number] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(micros);
        console.WriteLine($"audit record: median {micros[micros.Length / 2]:0.0} µs, p95 {micros[micros.Length * 95 / 100]:0.0} µs");
        Assert.True(Verify().Intact);
    }
}
