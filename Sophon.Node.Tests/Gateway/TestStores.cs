using Sophon.Gateway.Store;
using Sophon.Gateway.Store.Postgres;
using Sophon.Node.Tests.Gateway;
using Sophon.Node.Tests.Support.Postgres;
using Xunit;

[assembly: AssemblyFixture(typeof(TestStores))]

namespace Sophon.Node.Tests.Gateway;

/// <summary>
/// Which store the Gateways of the tests use: SQLite, or PostgreSQL when SOPHON_TEST_STORE is "postgres". The server is started by
/// the first Gateway that needs it and ends with the test run; each Gateway has a database of its own.
/// </summary>
public sealed class TestStores : IAsyncDisposable
{
    static readonly Lazy<Task<(PostgresServer Server, string Template)>> Shared = new(StartAsync);

    public static bool UsePostgres => Environment.GetEnvironmentVariable("SOPHON_TEST_STORE") == "postgres";

    /// <returns>A new database with the Gateway's tables: its name, and how to connect to it.</returns>
    public static async Task<(string Name, string ConnectionString)> NewDatabaseAsync()
    {
        var (server, template) = await Shared.Value;
        var name = await server.CreateDatabaseAsync(template);
        return (name, server.ConnectionString(name));
    }

    public static async Task DropAsync(string database) => await (await Shared.Value).Server.DropDatabaseAsync(database);

    static async Task<(PostgresServer, string)> StartAsync()
    {
        var server = await PostgresServer.StartNewAsync();
        var template = await server.CreateDatabaseAsync();
        await using (var db = new PostgresStore(server.ConnectionString(template) + ";Pooling=false").CreateDbContext()) await StoreMigration.RunAsync(db, default);
        return (server, template);
    }

    public async ValueTask DisposeAsync()
    {
        if (Shared.IsValueCreated) await (await Shared.Value).Server.DisposeAsync();
    }
}
