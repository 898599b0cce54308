using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Cli;

/// <summary>The store that a Gateway on this data folder uses, for verbs that work on it beside a Gateway that may be running.</summary>
sealed class LocalStore(GatewayStore store) : IDbContextFactory<GatewayDb>
{
    public StoreWriter Writer { get; } = new(store, TimeProvider.System, NullLogger<StoreWriter>.Instance);

    public AuditLog Audit => field ??= AuditOf(this);

    static AuditLog AuditOf(LocalStore local)
    {
        var feed = new ChangeFeed(TimeProvider.System, NullLogger<ChangeFeed>.Instance); // nobody follows it here
        return new AuditLog(new NodeDirectory(local.Writer, local, feed), local.Writer, feed, TimeProvider.System);
    }

    /// <exception cref="GatewayStartException">The store can't be used.</exception>
    public static async Task<T> UseAsync<T>(DataFolder folder, Func<LocalStore, Task<T>> use, CancellationToken cancellationToken)
    {
        var store = GatewayStore.Of(GatewaySettings.Read(GatewayConfiguration.Load(folder)), folder);
        var local = new LocalStore(store);
        try
        {
            await using (var db = local.CreateDbContext()) await StoreMigration.RunAsync(db, cancellationToken);
            await local.Writer.StartAsync(cancellationToken);
            try
            {
                return await use(local);
            }
            finally
            {
                await local.Writer.StopAsync(CancellationToken.None);
            }
        }
        catch (Exception error) when (error is DbException or DbUpdateException or RetryLimitExceededException or StoreException)
        {
            throw new GatewayStartException(store.Explain(error), error);
        }
    }

    public GatewayDb CreateDbContext() => store.CreateDbContext();
}
