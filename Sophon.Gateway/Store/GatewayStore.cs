using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store.Postgres;

namespace Sophon.Gateway.Store;

/// <summary>Where the Gateway keeps its data: the SQLite file of its folder, or a PostgreSQL database. Nobody else knows which.</summary>
abstract class GatewayStore : IDbContextFactory<GatewayDb>
{
    /// <exception cref="GatewayStartException">The connection string can't be used.</exception>
    public static GatewayStore Of(GatewaySettings settings, DataFolder folder) =>
        settings.ConnectionString is { } text ? new PostgresStore(text) : new SqliteStore(folder);

    /// <summary>For people: a file, or a database and its server. Never holds a password.</summary>
    public abstract string Name { get; }

    /// <summary>Adds <see cref="IDbContextFactory{TContext}"/> of <see cref="GatewayDb"/>.</summary>
    public abstract void AddTo(IServiceCollection services);

    /// <summary>A context of its own, for who has no services.</summary>
    public abstract GatewayDb CreateDbContext();

    /// <summary>Why the store can't be used, and what to do.</summary>
    public abstract string Explain(Exception error);

    protected static void AddTo<TContext>(IServiceCollection services, Action<DbContextOptionsBuilder> configure) where TContext : GatewayDb
    {
        services.AddPooledDbContextFactory<TContext>(configure);
        services.AddSingleton<IDbContextFactory<GatewayDb>, GatewayDbFactory<TContext>>();
    }
}
