using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Sophon.Gateway.Store.Postgres;

/// <summary>
/// An advisory lock on the database, held by the session that writes: when the session ends, however, the lock is gone with it,
/// and no session without it writes.
/// </summary>
static class PostgresLock
{
    /// <summary>"SophonGw" in ASCII. Advisory locks are of one database: others on the same server don't meet.</summary>
    const long Key = 0x536F_7068_6F6E_4777;

    /// <summary>A Gateway that was killed a moment ago holds it until the server has noticed.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    const string Holder = """
        SELECT activity.pid, activity.application_name, host(activity.client_addr), activity.backend_start
        FROM pg_locks AS held JOIN pg_stat_activity AS activity USING (pid)
        WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
          AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (held.classid::bigint << 32) | held.objid::bigint = $1
        """;

    /// <exception cref="StoreTakenException">Another Gateway holds it.</exception>
    /// <exception cref="NpgsqlException">The server does not answer.</exception>
    public static async Task TakeAsync(PostgresGatewayDb db)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var started = TimeProvider.System.GetTimestamp();
        while (!await TryAsync(connection))
        {
            var holder = await FindHolderAsync(connection);
            if (TimeProvider.System.GetElapsedTime(started) >= Patience)
                throw new StoreTakenException($"another sophon-gateway uses it{holder}. Stop that one, or give this one a database of its own.");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Closed, the connection goes back to Npgsql's pool with its session, which would keep the lock.</summary>
    public static async Task ReleaseAsync(PostgresGatewayDb db)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", (NpgsqlConnection)db.Database.GetDbConnection());
        await command.ExecuteNonQueryAsync();
    }

    static async Task<bool> TryAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A session of our own is one whose connection broke without the server's notice: it is ended.</summary>
    static async Task<string> FindHolderAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Holder, connection) { Parameters = { new() { Value = Key } } };
        int pid;
        string name;
        string? address;
        DateTime since;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync()) return "";
            (pid, name) = (reader.GetInt32(0), reader.GetString(1));
            address = await reader.IsDBNullAsync(2) ? null : reader.GetString(2);
            since = await reader.IsDBNullAsync(3) ? default : reader.GetDateTime(3);
        }

        if (name == new NpgsqlConnectionStringBuilder(connection.ConnectionString).ApplicationName)
        {
            await using var end = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection) { Parameters = { new() { Value = pid } } };
            await end.ExecuteScalarAsync();
        }

        return string.Create(CultureInfo.InvariantCulture, $" ({(address is null ? "" : $"from {address}, ")}since {since:yyyy-MM-dd HH:mm:ss} UTC)");
    }
}
