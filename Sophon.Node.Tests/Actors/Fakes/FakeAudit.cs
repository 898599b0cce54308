using System.Collections.Concurrent;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>The audit in memory.</summary>
sealed class FakeAudit : IAuditLog
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    /// <summary>Why nothing can be written; null when it can.</summary>
    public AuditUnavailableException? Fails { get; set; }

    public AuditHead? Head => Entries.IsEmpty ? null : new AuditHead(Entries.Count, new string('a', 64));

    public void Append(AuditEntry entry)
    {
        if (Fails is { } failure) throw failure;
        Entries.Enqueue(entry);
    }

    public IEnumerable<string> EventsOf(string commandId) => Entries.Where(entry => entry.CommandId == commandId).Select(entry => entry.Event);
}
