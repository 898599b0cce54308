using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sophon.Gateway.Store;

/// <summary>The default store: one SQLite file.</summary>
public sealed class SqliteGatewayDb(DbContextOptions<SqliteGatewayDb> options) : GatewayDb(options)
{
    /// <summary>Options for the file at <paramref name="path"/>.</summary>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string path) => options
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10 }.ToString())
        .AddInterceptors(new ConnectionSettings());

    /// <summary>The write-ahead log keeps old pages until it is written over; a checkpoint empties it.</summary>
    public override Task WipeAsync() => Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");

    // SQLite has no date type, and text with offsets doesn't sort: UTC ticks do.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    sealed class ConnectionSettings : DbConnectionInterceptor
    {
        // With WAL, NORMAL loses nothing when the process is killed; a power cut may take the last moments, never the file.
        // secure_delete overwrites typed and copied text when a command's parameters or result are dropped.
        const string Pragmas = "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteGatewayDb --output-dir Store/Migrations/Sqlite</c>.</summary>
sealed class SqliteGatewayDbDesign : IDesignTimeDbContextFactory<SqliteGatewayDb>
{
    public SqliteGatewayDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteGatewayDb>();
        SqliteGatewayDb.Configure(options, "design.db");
        return new SqliteGatewayDb(options.Options);
    }
}
