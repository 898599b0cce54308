namespace Sophon.Node.Actors.Audit;

/// <summary>What is recorded of one event. Of parameters and results only sizes and hashes, never their text.</summary>
/// <param name="Event">Lower camel; <see cref="AuditEvents"/> has those that others depend on.</param>
public sealed record AuditEntry(string Event)
{
    public string? CommandId { get; init; }

    /// <summary>The command's name, or what the caller took for one.</summary>
    public string? Command { get; init; }

    /// <summary>The program's full path.</summary>
    public string? Program { get; init; }

    /// <summary>UTF-8 bytes of the parameters.</summary>
    public long? ParameterBytes { get; init; }

    /// <summary>Of what the event is about: a call to run a program, a policy, bytes that were cut off. Never of a text that could be guessed from it.</summary>
    public string? Sha256 { get; init; }

    public string? Status { get; init; }

    public string? Code { get; init; }

    public double? DurationMs { get; init; }

    /// <summary>UTF-8 bytes of the result.</summary>
    public long? ResultBytes { get; init; }

    /// <summary>Who did it: <c>cli user</c> or <c>dialog</c>.</summary>
    public string? By { get; init; }

    /// <summary>Words for a person.</summary>
    public string? Detail { get; init; }

    /// <summary>How many: bytes that were cut off, records that could not be written.</summary>
    public long? Count { get; init; }

    /// <summary>With <see cref="AuditEvents.Rotated"/>: the first sequence number that is kept.</summary>
    public long? Oldest { get; init; }
}

public static class AuditEvents
{
    /// <summary>The last record of a file that is full; the next record begins the next file.</summary>
    public const string Rotated = "rotated";

    /// <summary>The file had ended in half a record, which is cut off.</summary>
    public const string Repaired = "repaired";

    /// <summary>Records before this one could not be written (a full disk).</summary>
    public const string Missed = "missed";
}

/// <summary>The audit could not be written; the message names the file and the cause.</summary>
public sealed class AuditUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>An append-only chain of records. Safe to call from several threads.</summary>
public interface IAuditLog
{
    /// <summary>The last record that this process knows of; null when there is none yet.</summary>
    Protocol.Wire.AuditHead? Head { get; }

    /// <summary>Returns when the record is in the operating system's hands: a kill of the process does not lose it.</summary>
    /// <exception cref="AuditUnavailableException">It could not be written. The next record that can be says that some are missing.</exception>
    void Append(AuditEntry entry);
}

public static class AuditLogs
{
    /// <summary>For what has happened already and can't be held back: a failure is left to the next record to tell.</summary>
    /// <returns>False when it could not be written.</returns>
    public static bool Record(this IAuditLog audit, AuditEntry entry)
    {
        try
        {
            audit.Append(entry);
            return true;
        }
        catch (AuditUnavailableException)
        {
            return false;
        }
    }
}
