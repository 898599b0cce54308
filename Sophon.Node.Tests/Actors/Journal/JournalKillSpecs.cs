using System.Globalization;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Actors.Journal;

[Trait("kind", "real")]
public sealed class JournalKillSpecs(ITestOutputHelper console)
{
    const int Kills = 60;

    [Fact]
    public async Task Writer_killed_at_any_instruction_should_lose_nothing_and_run_nothing_twice()
    {
        using var folder = new TestFolder();
        var (home, claimsFile) = (folder.File("journal"), folder.File("claims"));
        var seed = Environment.TickCount;
        console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (next, torn, open, rewritten) = (0, 0, 0, 0);
        await File.WriteAllTextAsync(claimsFile, "", TestContext.Current.CancellationToken);
        for (var kill = 0; kill < Kills; kill++)
        {
            var offset = new FileInfo(claimsFile).Length;
            await using (var writer = TestProcess.Start("dotnet", [PathOfHost(), home, claimsFile, $"{next}"]))
            {
                // Some while it recovers and rewrites, most while it works.
                if (kill % 6 != 5) await Eventually.TrueAsync(() => new FileInfo(claimsFile).Length > offset || writer.HasExited, "the writer works", TimeSpan.FromSeconds(60));
                await Task.Delay(random.Next(kill % 6 == 5 ? 150 : 60), TestContext.Current.CancellationToken);
                Assert.False(writer.HasExited, writer.Output);
                await writer.KillAsync();
            }

            var claims = Claims(claimsFile);
            var reading = Read(home);
            if (!reading.IsWhole) torn++;
            var (recovery, left) = RecoverCopy(home, folder.File("copy"));
            open += recovery.Interrupted;
            if (left) rewritten++;

            // Ids are kept by number, not for ever: the last thousand.
            var last = claims.Select(claim => claim.Number).DefaultIfEmpty(-1).Max();
            var recent = claims.Where(claim => claim.Number > last - 1_000).ToList();
            Assert.All(recent, claim => Assert.True(recovery.Ledger.Knows($"{claim.Number}"), $"{claim.What} {claim.Number} was lost"));
            Assert.All(recent.Where(claim => claim.What == 'd'), claim => Assert.Equal(CommandStatus.Succeeded, recovery.Ledger.ResultOf($"{claim.Number}")!.Status));
            next = last + 1;
        }

        var runs = Claims(claimsFile).Where(claim => claim.What == 'r').Select(claim => claim.Number).ToList();
        console.WriteLine($"{Kills} kills: {runs.Count} commands run, {runs.Count - runs.Distinct().Count()} twice, 0 lost; {open} open at a kill, {torn} torn tails, {rewritten} kills within a rewrite");
        Assert.NotEmpty(runs);
        Assert.Equal(runs.Distinct().Count(), runs.Count);
    }

    static JournalReading Read(string home)
    {
        using var journal = new JournalFile(home, "journal", sync: false);
        return journal.Read();
    }

    static (LedgerRecovery Recovery, bool LeftHalf) RecoverCopy(string home, string copy)
    {
        Directory.CreateDirectory(copy);
        Directory.CreateDirectory(home);
        foreach (var file in Directory.GetFiles(home)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        using var journal = new JournalFile(copy, "journal", sync: false);
        var recovery = LedgerRecovery.Recover(journal, new LedgerLimits(2_000, 8 * 1024 * 1024, TimeSpan.FromHours(24), TimeSpan.FromDays(7)), TimeProvider.System);
        return (recovery, File.Exists(Path.Combine(home, "commands.journal.new")));
    }

    /// <summary>Whole lines only: the last one may be torn as well.</summary>
    static List<(char What, int Number)> Claims(string file) =>
        [.. File.ReadAllText(file).Split('\n')[..^1].Where(line => line[0] != 'b').Select(line => (line[0], int.Parse(line[2..], CultureInfo.InvariantCulture)))];

    static string PathOfHost()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var tests = framework.Parent!.Parent!.Parent!;
        return Path.Combine(tests.FullName, "Hosts", "JournalWriter", "bin", framework.Parent.Name, framework.Name, "Sophon.Node.Tests.JournalWriter.dll");
    }
}
