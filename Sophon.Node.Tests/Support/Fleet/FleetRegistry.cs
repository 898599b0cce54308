using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Store;
using Sophon.Gateway.Store.Postgres;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Tests.Support.Fleet;

/// <summary>Registers thousands of Nodes in a second: paired and approved, straight in the store of a Gateway that does not run yet.</summary>
public static class FleetRegistry
{
    const int Batch = 1_000;
    static readonly string[] Platforms = ["linux", "windows", "macos"];

    /// <param name="dataFolder">The Gateway's, for its SQLite file.</param>
    /// <param name="scopes">What each is granted; everything when absent.</param>
    /// <returns>The Nodes' tokens, the first of "Node 00001".</returns>
    public static Task<IReadOnlyList<NodeToken>> RegisterAsync(string dataFolder, int count, IReadOnlyList<string>? scopes = null)
    {
        var options = new DbContextOptionsBuilder<SqliteGatewayDb>();
        SqliteGatewayDb.Configure(options, Path.Combine(dataFolder, "gateway.db"));
        return RegisterAsync(new SqliteGatewayDb(options.Options), count, scopes);
    }

    /// <param name="connectionString">Of a PostgreSQL database.</param>
    public static Task<IReadOnlyList<NodeToken>> RegisterInPostgresAsync(string connectionString, int count, IReadOnlyList<string>? scopes = null)
    {
        var options = new DbContextOptionsBuilder<PostgresGatewayDb>();
        PostgresGatewayDb.Configure(options, connectionString);
        return RegisterAsync(new PostgresGatewayDb(options.Options), count, scopes);
    }

    static async Task<IReadOnlyList<NodeToken>> RegisterAsync(GatewayDb db, int count, IReadOnlyList<string>? scopes)
    {
        await using (db)
        {
            await db.Database.MigrateAsync();
            var tokens = new List<NodeToken>(count);
            for (var number = 1; number <= count; number++)
            {
                var token = NodeToken.Create($"fleet{number:00000}");
                tokens.Add(token);
                db.Nodes.Add(Record(number, token, scopes ?? ["node.command"]));
                if (number % Batch != 0 && number != count) continue;
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }

            return tokens;
        }
    }

    static NodeRecord Record(int number, NodeToken token, IReadOnlyList<string> scopes)
    {
        var now = DateTimeOffset.UtcNow;
        return new NodeRecord
        {
            Id = token.NodeId,
            DisplayName = $"Node {number:00000}",
            Platform = Platforms[number % Platforms.Length],
            CreatedAt = now.AddDays(-number % 365),
            Stage = NodeStage.Active,
            SecretHash = NodeToken.HashOf(token.NodeId),
            PairingCode = "ABC-123",
            SecretExpiresAt = now.AddDays(-1),
            ClaimHash = "",
            ClaimedAt = now.AddDays(-1),
            Facts = new ClaimFacts { HostName = $"host-{number:00000}", UserName = "user", Platform = Platforms[number % Platforms.Length], OsDescription = "Test OS 1.0", NodeVersion = "1.0.0", Address = "127.0.0.1" },
            ApprovedAt = now.AddDays(-1),
            TokenHash = NodeToken.HashOf(token.Secret),
            Scopes = [.. scopes],
            LastSeenAt = now.AddMinutes(-number % 10_000),
            Version = "1.0.0",
        };
    }
}
