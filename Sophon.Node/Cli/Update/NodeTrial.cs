using System.Diagnostics;
using Sophon.Node.Cli.Service;
using Sophon.Node.Files;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;
using Sophon.Operations.Services;

namespace Sophon.Node.Cli.Update;

enum TrialResult
{
    Online,
    NotOnline,

    /// <summary>Nothing to try with: not paired, or a Node in a terminal that only its person may end.</summary>
    NotTried,
}

/// <summary>Starts the program that is installed now and sees whether it gets online: the service where there is one, else a Node for as long as that takes.</summary>
/// <param name="program">The file.</param>
sealed class NodeTrial(CliContext context, string program)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(45);

    public async Task<TrialResult> RunAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        if (context.Identity.Load() is null) return TrialResult.NotTried;
        var running = NodeLock.IsHeld(context.Home) ? NodeStatus.Read(context.Home.Status) : null;
        var begun = DateTimeOffset.UtcNow;
        switch (running?.Mode)
        {
            case RunMode.Console:
                context.Output.WriteLine($"A Node runs in a terminal (pid {running.ProcessId}), with the version before: end it with Ctrl+C and start it again.");
                return TrialResult.NotTried;
            case RunMode.Service:
                await RestartServiceAsync(cancellationToken);
                return await OnlineAsync(running.ProcessId, begun, within, () => true, cancellationToken) ? TrialResult.Online : TrialResult.NotOnline;
            default:
                return await AloneAsync(begun, within, cancellationToken) ? TrialResult.Online : TrialResult.NotOnline;
        }
    }

    /// <summary>Nothing where there is no service.</summary>
    public async Task RestartServiceAsync(CancellationToken cancellationToken)
    {
        var manager = NodeService.Manager(context.Home);
        if (!manager.IsInstalled) return;
        context.Output.WriteLine("Restarting the service...");
        try
        {
            await new ServiceRunner(TextWriter.Null).RunAsync(manager.Plan(ServiceVerb.Restart), cancellationToken);
        }
        catch (ServiceException error)
        {
            context.Error.WriteLine($"Warning: {error.Message}");
        }
    }

    async Task<bool> AloneAsync(DateTimeOffset begun, TimeSpan within, CancellationToken cancellationToken)
    {
        context.Output.WriteLine("Starting it for a trial...");
        using var process = Process.Start(new ProcessStartInfo(program, ["start", "--service"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Close();
        Task reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        try
        {
            return await OnlineAsync(null, begun, within, () => !process.HasExited, cancellationToken);
        }
        finally
        {
            await EndAsync(process);
            await Task.WhenAny(reading, Task.Delay(Look, CancellationToken.None));
        }
    }

    async Task<bool> OnlineAsync(int? before, DateTimeOffset begun, TimeSpan within, Func<bool> mayStill, CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < within && mayStill(); await Task.Delay(Look, cancellationToken))
        {
            if (NodeStatus.Read(context.Home.Status) is { Connection: ConnectionState.Online } status
                && status.ProcessId != before && status.LastHeartbeatAt >= begun && NodeLock.IsHeld(context.Home)) return true;
        }

        return false;
    }

    static async Task EndAsync(Process process)
    {
        if (process.HasExited) return;
        using var limit = new CancellationTokenSource(StopsWithin);
        try
        {
            if (!OperatingSystem.IsWindows()) Files.Unix.Native.LibC.Kill(process.Id, Files.Unix.Native.LibC.Sigterm);
            else process.Kill();
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
