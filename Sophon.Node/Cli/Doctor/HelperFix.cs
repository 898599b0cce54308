using System.ComponentModel;
using System.Diagnostics;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Cli.Doctor;

/// <summary>Installs the helpers that are missing, with this machine's package manager. It runs one command, which it shows before.</summary>
/// <param name="searchPath">Where to look for the package manager and sudo; null: the Node's own PATH.</param>
sealed class HelperFix(CliContext context, string? searchPath = null)
{
    /// <returns>Null when it was done, or nothing is missing; else why not.</returns>
    public async Task<ExitCode?> RunAsync(IReadOnlyList<string> missing, bool yes, bool dryRun, CancellationToken cancellationToken)
    {
        if (missing.Count == 0)
        {
            context.Output.WriteLine("No helper is missing.");
            return null;
        }

        if (PackageManager.Find(searchPath) is not { } manager)
            return context.Fail(ExitCode.Problem, $"None of apt, dnf, pacman and brew is here to install {string.Join(", ", missing)}. Install them with what this system has.");

        var command = Plan(manager, missing, context.Input is not null);
        context.Output.WriteLine($"Missing: {string.Join(", ", missing)}");
        context.Output.WriteLine($"{(dryRun ? "Would run" : "To run")}: {string.Join(' ', command)}");
        if (dryRun) return null;
        if (!yes)
        {
            switch (context.Confirm("Run it?"))
            {
                case null: return context.Fail(ExitCode.Usage, "Nobody can be asked here (no terminal). Add --yes to run it without a question.");
                case false: return context.Fail(ExitCode.Problem, "Nothing was installed.");
            }
        }

        var code = await RunAsync(command, cancellationToken);
        return code == 0 ? null : context.Fail(ExitCode.Problem, $"{string.Join(' ', command)} ended with {code}. {(manager.Shown == "apt" ? "If it did not find a package: sudo apt update, and again." : "Its own output above says why.")}");
    }

    IReadOnlyList<string> Plan(PackageManager manager, IReadOnlyList<string> missing, bool maySudoAsk)
    {
        var packages = missing.Select(manager.PackageOf).Distinct(StringComparer.Ordinal);
        var sudo = manager.NeedsRoot && !Environment.IsPrivilegedProcess && ProgramPath.Find("sudo", searchPath: searchPath) is not null;
        return [.. !sudo ? Array.Empty<string>() : maySudoAsk ? ["sudo"] : ["sudo", "-n"], manager.Program, .. manager.Arguments, .. packages];
    }

    // On the person's own terminal: sudo asks for a password there, and what is installed can be watched.
    async Task<int> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(ProgramPath.Find(command[0], searchPath: searchPath) ?? command[0]) { UseShellExecute = false };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (Win32Exception error)
        {
            context.Error.WriteLine($"{command[0]} could not be started: {error.Message}");
            return -1;
        }
    }
}
