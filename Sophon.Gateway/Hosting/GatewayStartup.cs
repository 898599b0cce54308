using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Store;
using Sophon.Gateway.Tokens;

namespace Sophon.Gateway.Hosting;

/// <summary>Opens the store before the first request comes.</summary>
sealed class GatewayStartup(
    GatewayStore store, StoreWriter writer, IDbContextFactory<GatewayDb> databases, NodeDirectory directory, CommandLedger ledger, RequestDigest digest,
    ApiTokens tokens, GatewaySettings settings, AuditLog audit, TimeProvider time)
    : IHostedService
{
    /// <summary>Made at the first run; the only time it is known.</summary>
    public string? NewAdminToken { get; private set; }

    /// <summary>With which the first administrator sets up an account; null when there is one.</summary>
    public (string Code, DateTimeOffset ExpiresAt)? SetupCode { get; private set; }

    public bool IsReady { get; private set; }

    /// <exception cref="GatewayStartException">The store can't be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = digest; // its key is read by now: a folder that can't be used is found before the first request
        try
        {
            // A store that can't be opened is told in one sentence; the writer would log it besides.
            await using (var db = await databases.CreateDbContextAsync(cancellationToken)) await db.Database.OpenConnectionAsync(cancellationToken);
            await writer.WriteAsync(_ => { }); // the store is this Gateway's from here on
            await using (var db = await databases.CreateDbContextAsync(cancellationToken)) await StoreMigration.RunAsync(db, cancellationToken);
            await directory.LoadAsync(cancellationToken);
            await ledger.LoadAsync(cancellationToken);
            if (!await tokens.AnyAsync(cancellationToken))
                NewAdminToken = (await tokens.CreateAsync(Caller.Machine, new NewApiToken("first run", GatewayRole.Administrator))).Token;
            audit.WriteBehind(Caller.Machine, AuditAction.GatewayStarted, $"version {GatewayVersion.Text}; programs need {(settings.Approvals.ExecuteNeedsPerson ? "a person's" : "no")} approval");
            SetupCode = await writer.DecideAsync(db => SetupCodes.Make(db, time));
        }
        catch (Exception error) when (error is StoreException or DbException or DbUpdateException or RetryLimitExceededException or FormatException or InvalidCastException)
        {
            throw new GatewayStartException(store.Explain(error), error);
        }

        IsReady = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
