using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sophon.Gateway.Hosting;

namespace Sophon.Gateway.Store.Postgres;

/// <summary>A PostgreSQL database, which belongs to one Gateway at a time.</summary>
sealed class PostgresStore : GatewayStore
{
    public const string Example = "Host=db.example.com;Database=sophon;Username=sophon;Password=…";

    readonly NpgsqlConnectionStringBuilder connection;

    /// <exception cref="GatewayStartException">It is no connection string; the message does not repeat it.</exception>
    public PostgresStore(string connectionString)
    {
        connection = Parse(connectionString);
        if (string.IsNullOrEmpty(connection.Host)) throw Lacks("Host");
        if (string.IsNullOrEmpty(connection.Database)) throw Lacks("Database");

        // Tells this Gateway's sessions from another's, even when the server has not noticed yet that one of them is gone.
        connection.ApplicationName = $"{connection.ApplicationName ?? "sophon-gateway"}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

        // A connection that a firewall has dropped is found out before somebody needs it.
        if (connection.KeepAlive == 0) connection.KeepAlive = 30;
    }

    public override string Name => $"PostgreSQL database {connection.Database} on {connection.Host}:{connection.Port}";

    public override void AddTo(IServiceCollection services) => AddTo<PostgresGatewayDb>(services, options => PostgresGatewayDb.Configure(options, connection.ToString()));

    public override GatewayDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<PostgresGatewayDb>();
        PostgresGatewayDb.Configure(options, connection.ToString());
        return new PostgresGatewayDb(options.Options);
    }

    public override string Explain(Exception error) => $"The {Name} can't be used: {Reason(error)}";

    string Reason(Exception error) => Chain(error).Select(Sentence).FirstOrDefault(sentence => sentence is not null) ?? error.GetBaseException().Message;

    string? Sentence(Exception error) => error switch
    {
        StoreTakenException taken => taken.Message,
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } => $"the password for {connection.Username} is missing or wrong. Correct it in ConnectionStrings:Gateway (in the environment: ConnectionStrings__Gateway).",
        PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } refused => $"the server does not let {connection.Username} in from here ({refused.MessageText}). Create the role, or allow it in the server's pg_hba.conf.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"there is no such database. Create it: CREATE DATABASE \"{connection.Database}\" OWNER \"{connection.Username}\";",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused => $"{connection.Username} lacks a right ({refused.MessageText}). The Gateway creates its tables itself: make {connection.Username} the owner of the database.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "the server has no connection left. Raise its max_connections, or limit others.",
        PostgresException other => $"{other.MessageText} ({other.SqlState}). Nothing was changed.",
        SocketException socket => $"the server does not answer ({socket.Message}). Is it running, and does it listen there?",
        TimeoutException => "the server does not answer in time. Is it running, and reachable from here?",
        AuthenticationException tls => $"its TLS certificate does not count: {tls.Message}",
        _ => null,
    };

    static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }

    static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            // The parser's words may repeat a part of the password.
            throw new GatewayStartException($"ConnectionStrings:Gateway is no connection string of PostgreSQL; it takes one like {Example} A value with a semicolon stands in quotes. Leave it empty for SQLite.");
        }
    }

    static GatewayStartException Lacks(string part) => new($"ConnectionStrings:Gateway lacks {part}; it takes a connection string like {Example}");
}

/// <summary>Another Gateway writes this database.</summary>
public sealed class StoreTakenException(string message) : Exception(message);
