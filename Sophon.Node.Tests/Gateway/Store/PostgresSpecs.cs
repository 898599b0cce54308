using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Support.Postgres;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Store;

/// <summary>What is PostgreSQL's own, on a server that each test may stop, cut off or lock. All other specs of the Gateway run on it too: ./test.sh.</summary>
[Trait("kind", "real")]
public sealed class PostgresSpecs(PostgresSpecs.Fixture fixture) : IClassFixture<PostgresSpecs.Fixture>, IAsyncLifetime
{
    readonly PostgresServer server = fixture.Server;
    string database = "";

    public async ValueTask InitializeAsync() => database = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<TestGateway> GatewayAsync(string? connectionString = null) => TestGateway.InMemoryAsync(
        settings: new() { ["ConnectionStrings:Gateway"] = connectionString ?? server.ConnectionString(database) });

    static Task WriteAsync(TestGateway gateway, string id) => gateway.Services.GetRequiredService<StoreWriter>().WriteAsync(db => db.ApiTokens.Add(
        new ApiTokenRecord { Id = id, Name = "test", SecretHash = "x", Role = GatewayRole.Viewer, CreatedAt = DateTimeOffset.UtcNow }));

    static async Task<List<string>> WrittenAsync(TestGateway gateway)
    {
        await using var db = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
        return await db.ApiTokens.Where(token => token.Name == "test").OrderBy(token => token.Id).Select(token => token.Id).ToListAsync();
    }

    [Fact]
    public async Task Start_should_say_what_is_wrong_with_the_database_and_never_the_password()
    {
        async Task AssertAsync(string connectionString, params string[] mentions)
        {
            var error = await Assert.ThrowsAsync<GatewayStartException>(() => GatewayAsync(connectionString));
            Assert.All(mentions, mention => Assert.Contains(mention, error.Message, StringComparison.Ordinal));
            Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Password, error.Message, StringComparison.Ordinal);
        }

        await AssertAsync(server.ConnectionString(database, password: "s3cret"), database, "127.0.0.1", "password", "ConnectionStrings:Gateway");
        await AssertAsync(server.ConnectionString("nowhere"), "nowhere", "CREATE DATABASE");
        await AssertAsync("Host=127.0.0.1;Port=1;Database=sophon;Username=x;Password=s3cret", "sophon on 127.0.0.1:1", "Is it running");
        await AssertAsync("Host=127.0.0.1;Database=sophon;Password=abc;s3cret=1", "semicolon");
        await AssertAsync("postgresql://x:s3cret@127.0.0.1/sophon", "Host=");
        await AssertAsync("Database=sophon;Password=s3cret", "lacks Host");
        await AssertAsync("Host=127.0.0.1;Password=s3cret", "lacks Database");
    }

    [Fact]
    public async Task Writes_should_survive_a_restart_of_the_server()
    {
        await using var gateway = await GatewayAsync();
        await WriteAsync(gateway, "before");
        await server.StopAsync();
        var during = WriteAsync(gateway, "during");
        await server.StartAsync();
        await during;
        Assert.Equal(["before", "during"], await WrittenAsync(gateway));
        Assert.True((await gateway.Anonymous.GetAsync("health/ready")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Gateway_should_say_that_it_is_not_ready_while_the_server_is_away()
    {
        await using var gateway = await GatewayAsync();
        await server.StopAsync();
        Assert.Equal("storeUnavailable", await gateway.Anonymous.GetAsync("health/ready").ProblemAsync(503));
        Assert.True((await gateway.Anonymous.GetAsync("health/live")).IsSuccessStatusCode);
        await Assert.ThrowsAsync<StoreException>(() => WriteAsync(gateway, "lost"));

        await server.StartAsync();
        await WriteAsync(gateway, "kept");
        Assert.Equal(["kept"], await WrittenAsync(gateway));
    }

    [Fact]
    public async Task Change_whose_commit_was_not_answered_should_be_written_once()
    {
        await using var link = new CommitCutter(server.Port);
        await using var gateway = await GatewayAsync(new NpgsqlConnectionStringBuilder(server.ConnectionString(database)) { Port = link.Port, SslMode = SslMode.Disable }.ToString());
        link.CutNextAnswer();
        await WriteAsync(gateway, "once");
        Assert.Equal(1, link.Cuts);
        Assert.Equal(["once"], await WrittenAsync(gateway));
    }

    [Fact]
    public async Task Database_should_serve_one_gateway_at_a_time()
    {
        await using (await GatewayAsync())
        {
            var error = await Assert.ThrowsAsync<GatewayStartException>(() => GatewayAsync());
            Assert.Contains("another sophon-gateway uses it (from 127.0.0.1", error.Message, StringComparison.Ordinal);
        }

        await using var next = await GatewayAsync();
        await WriteAsync(next, "free");
    }

    [Fact]
    public async Task Gateway_should_stop_when_another_one_has_taken_its_database()
    {
        await using var gateway = await GatewayAsync();
        await WriteAsync(gateway, "mine");
        await server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

        await using var other = new NpgsqlConnection(server.ConnectionString(database));
        await other.OpenAsync();
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock(x'536F70686F6E4777'::bigint)", other)) await take.ExecuteNonQueryAsync();

        var refused = await Assert.ThrowsAsync<StoreException>(() => WriteAsync(gateway, "stray"));
        Assert.Contains("another sophon-gateway", refused.Message, StringComparison.Ordinal);
        Assert.True(gateway.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.NotNull(gateway.Services.GetRequiredService<StoreOwnership>().Lost);
    }

    [Fact]
    public async Task Text_and_times_should_come_back_as_they_can_be_kept()
    {
        await using var gateway = await GatewayAsync();
        var started = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(5.5));
        await gateway.Services.GetRequiredService<StoreWriter>().WriteAsync(db => db.Commands.Add(new CommandRecord
        {
            Id = "c", NodeId = "n", Type = "system.info", RequestDigest = "", TimeoutSeconds = 1, RequestedBy = "", CreatedAt = started, StartedAt = started,
            Status = CommandStatus.Failed, ErrorMessage = "a\0b",
        }));

        await using var db = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
        var record = await db.Commands.SingleAsync();
        Assert.Equal((started, TimeSpan.Zero, "a\uFFFDb"), (record.StartedAt!.Value, record.StartedAt.Value.Offset, record.ErrorMessage));
        var unkeepable = "a\0b";
        Assert.True(await db.Commands.AnyAsync(command => command.ErrorMessage == unkeepable));
    }

    [Fact]
    public async Task Ids_should_sort_as_in_sqlite()
    {
        await using var gateway = await GatewayAsync();
        foreach (var id in new[] { "b", "A", "a", "B", "_" }) await WriteAsync(gateway, id);
        Assert.Equal(["A", "B", "_", "a", "b"], await WrittenAsync(gateway));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public PostgresServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await PostgresServer.StartNewAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
