using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Commands;

/// <summary>Looks every second for commands whose time is over, and every hour for commands and lines of the audit that are older than the retention.</summary>
sealed class CommandSweep(CommandRecovery recovery, StoreWriter writer, GatewaySettings settings, TimeProvider time, ILogger<CommandSweep> logger)
    : BackgroundService
{
    static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Seldom = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Often, time);
        long? cleaned = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await recovery.SweepAsync();
                if (cleaned is { } at && time.GetElapsedTime(at) < Seldom) continue;
                cleaned = time.GetTimestamp();
                await CleanAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The Gateway stops.
        }
    }

    async Task CleanAsync()
    {
        var oldest = time.GetUtcNow() - settings.Retention;
        try
        {
            var oldestAudit = time.GetUtcNow() - settings.AuditRetention;
            await writer.WriteAsync(db => db.Audit.Where(line => line.At < oldestAudit).ExecuteDelete());
            await writer.WriteAsync(db => db.Commands.Where(command => command.CreatedAt < oldest && command.Status != CommandStatus.Running && command.Status != CommandStatus.AwaitingApproval).ExecuteDelete());
        }
        catch (StoreException error)
        {
            logger.LogWarning("Old commands and lines of the audit could not be removed: {Reason}", error.Message);
        }
    }
}
