using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sophon.Gateway.Store.Postgres;

/// <summary>The store for who has a PostgreSQL already, or wants its backups and replicas.</summary>
public sealed class PostgresGatewayDb(DbContextOptions<PostgresGatewayDb> options) : GatewayDb(options)
{
    const int Retries = 4;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    static readonly PostgresText Text = new();

    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(connectionString, postgres => postgres.EnableRetryOnFailure(Retries, LongestPause, errorCodesToAdd: null))
        .AddInterceptors(Text);

    public override Task OwnAsync() => PostgresLock.TakeAsync(this);

    public override Task DisownAsync() => PostgresLock.ReleaseAsync(this);

    public override async Task<string?> TransactionAsync() =>
        await Database.SqlQueryRaw<string>("SELECT pg_current_xact_id()::text AS \"Value\"").SingleAsync();

    public override async Task<bool> HasCommittedAsync(string transaction)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await Database.SqlQueryRaw<string?>("SELECT pg_xact_status(CAST({0} AS xid8)) AS \"Value\"", transaction).SingleAsync();
            if (status != "in progress") return status == "committed";
            if (TimeProvider.System.GetElapsedTime(started) > CommitTime) throw new TimeoutException($"PostgreSQL has not ended transaction {transaction}.");
            await Task.Delay(Poll);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // timestamptz takes UTC only, and a Node tells its times with its own offset.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

        // Text compares and sorts byte by byte, as in SQLite, whatever the locale of the server.
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}

/// <summary>For eng/migrations.sh.</summary>
sealed class PostgresGatewayDbDesign : IDesignTimeDbContextFactory<PostgresGatewayDb>
{
    public PostgresGatewayDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresGatewayDb>();
        PostgresGatewayDb.Configure(options, "Host=localhost;Database=design");
        return new PostgresGatewayDb(options.Options);
    }
}
