using Sophon.Node.Actors.Audit;
using Sophon.Node.Composition;
using Sophon.Node.Files;
using Sophon.Node.Reporting;
using Sophon.Operations.Processes;
using Sophon.Operations.Releases;

namespace Sophon.Node.Cli.Update;

/// <summary>From an archive to a Node that is online with it, or back.</summary>
/// <param name="onlineWithin">For the new version; past it the old one comes back.</param>
sealed class UpdateRun(CliContext context, ReleaseSource releases, TimeSpan onlineWithin)
{
    static readonly TimeSpan FirstRun = TimeSpan.FromSeconds(60);

    /// <summary>The latest release.</summary>
    public async Task<ExitCode> RunAsync(string source, CancellationToken cancellationToken)
    {
        if (ReleaseSource.Objection(source) is { } objection) return context.Fail(ExitCode.Usage, objection);
        var index = await releases.ReadIndexAsync(source, cancellationToken);
        if (!index.IsNewerThan(BuildInfo.Current.Version))
        {
            context.Output.WriteLine($"Sophon Node {BuildInfo.Current.Version} is up to date; the latest release is {index.Version}.");
            return ExitCode.Success;
        }

        var name = ReleaseIndex.ArchiveFor("sophon-node");
        var file = index.Files.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ReleaseException($"The release {index.Version} at {source} has no {name}, which this machine needs.");
        return await RunAsync(ReleaseSource.Join(source, name), file.Sha256, cancellationToken);
    }

    /// <summary>One archive, by path or URL.</summary>
    public async Task<ExitCode> RunAsync(string archive, string sha256, CancellationToken cancellationToken)
    {
        var program = Installed();
        var download = Path.Combine(context.Home.State, "update.archive");
        PrivateFiles.CreateFolder(context.Home.State);
        try
        {
            context.Output.WriteLine($"Reading {archive}...");
            await releases.FetchAsync(archive, sha256, download, cancellationToken);
            Unpack(program, download);
            var version = await VersionOfAsync(program.Next, cancellationToken);
            context.Output.WriteLine($"Its sum is right; it is {version}, and runs here.");
            program.Swap();
            context.Record(new AuditEntry("updated") { Detail = $"from {BuildInfo.Current.Version} to {version}, by {CliContext.User}" });
            return await ProveAsync(program, version, cancellationToken);
        }
        finally
        {
            File.Delete(download);
            program.Discard();
        }
    }

    public async Task<ExitCode> RollBackAsync(CancellationToken cancellationToken)
    {
        var program = Installed();
        if (!File.Exists(program.Previous)) return context.Fail(ExitCode.UpdateRefused, $"There is no {program.Previous}: nothing was updated here yet.");
        var version = await VersionOfAsync(program.Previous, cancellationToken);
        program.SwapBack();
        context.Record(new AuditEntry("updated") { Detail = $"back from {BuildInfo.Current.Version} to {version}, by {CliContext.User}" });
        context.Output.WriteLine($"{program.File} is {version} again.");
        await new NodeTrial(context, program.File).RestartServiceAsync(cancellationToken);
        return ExitCode.Success;
    }

    async Task<ExitCode> ProveAsync(InstalledProgram program, string version, CancellationToken cancellationToken)
    {
        var trial = new NodeTrial(context, program.File);
        switch (await trial.RunAsync(onlineWithin, cancellationToken))
        {
            case TrialResult.Online:
                context.Output.WriteLine($"{version} is online. The version before stays as {program.Previous}; back to it: sophon-node update --rollback");
                return ExitCode.Success;
            case TrialResult.NotTried:
                context.Output.WriteLine($"{program.File} is {version} now. The version before stays as {program.Previous}; back to it: sophon-node update --rollback");
                return ExitCode.Success;
            default:
                var why = NodeStatus.Read(context.Home.Status)?.Detail;
                program.SwapBack();
                context.Record(new AuditEntry("updated") { Detail = $"back from {version} to {BuildInfo.Current.Version}: it did not get online" });
                await trial.RestartServiceAsync(cancellationToken);
                return context.Fail(ExitCode.UpdateRolledBack, $"{version} did not get online within {onlineWithin.TotalSeconds:0} s{(why is null ? "" : $" ({why.TrimEnd('.')})")}; {BuildInfo.Current.Version} is back in its place. What it met: sophon-node logs");
        }
    }

    static void Unpack(InstalledProgram program, string archive)
    {
        try
        {
            program.Unpack(archive);
        }
        catch (UnauthorizedAccessException)
        {
            throw new ReleaseException($"{Path.GetDirectoryName(program.File)} is not yours to write: run it as its owner (sudo sophon-node update …), then restart the service (sophon-node service restart). Nothing was changed.");
        }
    }

    /// <summary>It must start here and say who it is, before anything is replaced.</summary>
    static async Task<string> VersionOfAsync(string program, CancellationToken cancellationToken)
    {
        try
        {
            var run = await ProgramRun.RunAsync(program, ["--version"], null, FirstRun, cancellationToken);
            if (run.ExitCode == 0 && run.Output.StartsWith("Sophon Node v", StringComparison.Ordinal)) return run.Output["Sophon Node v".Length..].Split('\n', '\r')[0];
            throw new ReleaseException($"The program in the archive does not run here: it ended with {run.ExitCode}. {run.Errors.Trim()} Nothing was changed.");
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ReleaseException($"The program in the archive does not run here: {error.Message} Nothing was changed.", error);
        }
    }

    /// <exception cref="ReleaseException">This program was installed in a way that has its own updates.</exception>
    static InstalledProgram Installed()
    {
        var file = Environment.ProcessPath!;
        if (File.ResolveLinkTarget(file, returnFinalTarget: true) is { } target) file = target.FullName;
        return Path.GetFileNameWithoutExtension(file) == "dotnet" || BuildInfo.AssemblyFile.Length > 0
            ? throw new ReleaseException("This sophon-node runs on the machine's .NET, and is updated where it came from: dotnet tool update -g sophon-node")
            : file.StartsWith("/usr/bin/", StringComparison.Ordinal)
            ? throw new ReleaseException($"{file} belongs to a Debian package, and is updated by it: sudo apt install ./sophon-node_VERSION_amd64.deb")
            : new InstalledProgram(file);
    }
}
