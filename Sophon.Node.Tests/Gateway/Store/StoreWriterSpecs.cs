using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Store;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Store;

public class StoreWriterSpecs
{
    static ApiTokenRecord Token(string id) => new() { Id = id, Name = "test", SecretHash = "x", Role = GatewayRole.Viewer, CreatedAt = DateTimeOffset.UtcNow };

    [Fact]
    public async Task Change_that_fails_should_fail_alone()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var writer = gateway.Services.GetRequiredService<StoreWriter>();
        await writer.WriteAsync(db => db.ApiTokens.Add(Token("present")));

        // Queued in one breath, so that they share a batch: the second one violates the key.
        var writes = new[] { "first", "present", "last" }.Select(id => writer.WriteAsync(db => db.ApiTokens.Add(Token(id)))).ToList();
        await writes[0];
        await writes[2];
        await Assert.ThrowsAsync<StoreException>(() => writes[1]);

        await using var read = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
        Assert.Equal(["first", "last", "present"], await read.ApiTokens.Where(token => token.Name == "test").Select(token => token.Id).Order().ToListAsync());
    }

    [Fact]
    public async Task Changes_should_be_written_in_order_and_before_a_stop_ends()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var writer = gateway.Services.GetRequiredService<StoreWriter>();
        await writer.WriteAsync(db => db.ApiTokens.Add(Token("one")));
        for (var number = 0; number < 2_000; number++)
        {
            var name = $"name {number}";
            writer.WriteBehind(db => db.ApiTokens.Update(Token("one") with { Name = name }));
        }

        await gateway.StopAsync();
        await gateway.StartAsync();
        await using var read = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
        Assert.Equal("name 1999", (await read.ApiTokens.SingleAsync(token => token.Id == "one")).Name);
        await Assert.ThrowsAsync<StoreException>(() => writer.WriteAsync(_ => { }));
    }

    [Fact]
    public async Task Migration_should_not_wait_for_the_lock_of_a_gateway_that_was_killed()
    {
        using var folder = new TestFolder();
        var options = new DbContextOptionsBuilder<SqliteGatewayDb>();
        SqliteGatewayDb.Configure(options, folder.File("gateway.db"));
        await using (var killed = new SqliteGatewayDb(options.Options))
        {
            await killed.Database.ExecuteSqlRawAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
            await killed.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        }

        await using var again = new SqliteGatewayDb(options.Options);
        await StoreMigration.RunAsync(again, default).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(await again.Nodes.ToListAsync());
    }
}
