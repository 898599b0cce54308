using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Cli;

/// <summary>The store of a data folder, for verbs that work on it beside a Gateway that may be running.</summary>
sealed class LocalStore : IDbContextFactory<GatewayDb>
{
    readonly DataFolder folder;

    LocalStore(DataFolder folder)
    {
        this.folder = folder;
        Writer = new StoreWriter(this, TimeProvider.System, NullLogger<StoreWriter>.Instance);
        var feed = new ChangeFeed(TimeProvider.System, NullLogger<ChangeFeed>.Instance); // nobody follows it here
        Audit = new AuditLog(new NodeDirectory(Writer, this, feed), Writer, feed, TimeProvider.System);
    }

    public StoreWriter Writer { get; }

    public AuditLog Audit { get; }

    /// <exception cref="GatewayStartException">The data file can't be used.</exception>
    public static async Task<T> UseAsync<T>(DataFolder folder, Func<LocalStore, Task<T>> use, CancellationToken cancellationToken)
    {
        var store = new LocalStore(folder);
        try
        {
            await using (var db = store.CreateDbContext()) await StoreMigration.RunAsync(db, cancellationToken);
            await store.Writer.StartAsync(cancellationToken);
            try
            {
                return await use(store);
            }
            finally
            {
                await store.Writer.StopAsync(CancellationToken.None);
            }
        }
        catch (Exception error) when (error is DbException or DbUpdateException or StoreException)
        {
            throw new GatewayStartException($"The data file {folder.Database} can't be used: {error.GetBaseException().Message}", error);
        }
    }

    public GatewayDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqliteGatewayDb>();
        SqliteGatewayDb.Configure(options, folder.Database);
        return new SqliteGatewayDb(options.Options);
    }
}
