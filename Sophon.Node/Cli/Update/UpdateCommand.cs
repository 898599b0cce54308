using System.CommandLine;
using Sophon.Node.Cli.Help;
using Sophon.Node.Composition;
using Sophon.Operations.Releases;

namespace Sophon.Node.Cli.Update;

/// <summary><c>sophon-node update</c>: is there a newer one, and the way to it and back.</summary>
static class UpdateCommand
{
    const string DefaultSource = "https://releases.sophon.dev/node";

    public static Command Create(CliContext context)
    {
        var check = new Option<bool>("--check") { Description = "Only tell. Exit code 1 when there is a newer version." };
        var from = new Option<string?>("--from") { Description = "This archive instead of the latest release.", HelpName = "path or url" };
        var sum = new Option<string?>("--sha256") { Description = "The archive's SHA-256 sum; --from needs it.", HelpName = "hex" };
        var source = new Option<string>("--source") { Description = "Where releases lie: an URL or a folder with release.json.", HelpName = "url or folder", DefaultValueFactory = _ => DefaultSource };
        var back = new Option<bool>("--rollback") { Description = "Back to the version before the last update." };
        var within = new Option<int>("--online-within") { Description = "Seconds for the new version to reach Online, 5 to 600; else the old one comes back.", HelpName = "seconds", DefaultValueFactory = _ => 60 };
        var command = new ExampleCommand(
            "update", "Replaces this program by another version: checked, started, and taken back when it does not get online.",
            ("sophon-node update --check", "is there a newer version?"),
            ("sudo sophon-node update", "where the program is root's; restart the service afterwards: sophon-node service restart"),
            ("sophon-node update --from ./sophon-node-linux-x64.tar.gz --sha256 9f86d0…", "without the network"),
            ("sophon-node update --rollback", "the version before"))
        { check, from, sum, source, back, within };
        within.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 5 or > 600) result.AddError("--online-within takes 5 to 600 seconds."); });
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is not null && !(result.GetValue(sum) is { Length: 64 } hex && hex.All(char.IsAsciiHexDigit))) result.AddError("--from needs --sha256 with the archive's sum, 64 hexadecimal digits (sha256sum FILE, or SHA256SUMS of the release).");
            else if (result.GetValue(from) is null && result.GetValue(sum) is not null) result.AddError("--sha256 belongs to --from.");
        });
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async () =>
        {
            try
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
                var releases = new ReleaseSource(http, new DownloadProgress(context).On);
                if (parsed.GetValue(check)) return await CheckAsync(context, releases, parsed.GetValue(source)!, cancellationToken);
                var run = new UpdateRun(context, releases, TimeSpan.FromSeconds(parsed.GetValue(within)));
                if (parsed.GetValue(back)) return await run.RollBackAsync(cancellationToken);
                return parsed.GetValue(from) is { } archive
                    ? await run.RunAsync(archive, parsed.GetValue(sum)!, cancellationToken)
                    : await run.RunAsync(parsed.GetValue(source)!, cancellationToken);
            }
            catch (ReleaseException error)
            {
                return context.Fail(ExitCode.UpdateRefused, error.Message);
            }
        }));
        return command;
    }

    static async Task<ExitCode> CheckAsync(CliContext context, ReleaseSource releases, string source, CancellationToken cancellationToken)
    {
        if (ReleaseSource.Objection(source) is { } objection) return context.Fail(ExitCode.Usage, objection);
        var index = await releases.ReadIndexAsync(source, cancellationToken);
        var own = BuildInfo.Current.Version;
        if (!index.IsNewerThan(own))
        {
            context.Output.WriteLine($"Sophon Node {own} is up to date; the latest release is {index.Version}.");
            return ExitCode.Success;
        }

        context.Output.WriteLine($"Sophon Node {index.Version} is there; this is {own}. Get it: sophon-node update");
        return ExitCode.Problem;
    }
}
