using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sophon.Node.Tests.Support.Postgres;

/// <summary>A PostgreSQL of Debian's package on loopback, with files of its own; it can be stopped, killed and started again.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string Account = "postgres";
    const string Superuser = "tests";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly TestFolder folder = new();
    readonly string programs = Programs();
    readonly int port = FreePort();
    TestProcess? server;

    PostgresServer() { }

    public int Port => port;

    /// <summary>Of the superuser.</summary>
    public string Password { get; } = "p;w'\"" + Guid.NewGuid().ToString("N");

    public static async Task<PostgresServer> StartNewAsync()
    {
        var postgres = new PostgresServer();
        try
        {
            await postgres.InitialiseAsync();
            await postgres.StartAsync();
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string, as an operator writes it.</summary>
    public string ConnectionString(string database, string? password = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = Superuser,
        Password = password ?? Password,
    }.ToString();

    /// <summary>Makes a database, as a copy of another one when <paramref name="template"/> is given: that costs some ten milliseconds.</summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template} STRATEGY FILE_COPY")}");
        return name;
    }

    public Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>As superuser, in the database <c>postgres</c>.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task StartAsync()
    {
        // Without a disk to wait for: a test's database need not outlive the machine.
        var command = AsAccount("postgres",
            "-D", folder.File("data"), "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder.Path, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400",
            "-c", "shared_buffers=32MB", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c", "max_wal_size=4GB");
        server = TestProcess.Start(command[0], command[1..]);
        await Eventually.TrueAsync(AnswersAsync, $"PostgreSQL answers: {server.Output}", Patience);
    }

    /// <summary>Breaks every connection at once and ends, as a server does for an upgrade.</summary>
    public async Task StopAsync()
    {
        if (server is null) return;
        if (!server.HasExited) await TestProcess.RunAsync("kill", ["-INT", server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync(Patience);
        await server.DisposeAsync();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    async Task InitialiseAsync()
    {
        var secret = folder.File("secret");
        await File.WriteAllTextAsync(secret, Password);
        if (Environment.UserName == "root") await TestProcess.RunAsync("chown", ["-R", Account, folder.Path]);

        // Not the C locale: what sorts byte by byte must do so by the Gateway's own doing.
        var command = AsAccount("initdb", "-D", folder.File("data"), "-U", Superuser, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "--no-sync", "--no-instructions");
        await TestProcess.RunAsync(command[0], command[1..], deadline: Patience);
    }

    async Task<bool> AnswersAsync()
    {
        if (server!.HasExited) throw new InvalidOperationException($"PostgreSQL ended: {server.Output}");
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    string[] AsAccount(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(programs, program), .. arguments];
        return Environment.UserName == "root" ? ["setpriv", "--reuid", Account, "--regid", Account, "--init-groups", "--", .. command] : command;
    }

    static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).Last()
            : throw new InvalidOperationException("PostgreSQL is not installed. ./test.sh installs Debian's package postgresql.");

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
