using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>The live output of a running command: its beginning, up to a limit. The result has all that the Node kept.</summary>
sealed class OutputBuffer
{
    /// <summary>Characters over both streams.</summary>
    public const int Limit = 256 * 1024;

    readonly Lock gate = new();
    readonly List<CommandOutput> chunks = [];
    int size;

    /// <summary>True when some of it did not fit.</summary>
    public bool Truncated { get; private set; }

    public void Add(CommandOutput chunk)
    {
        lock (gate)
        {
            // Every chunk counts some, so that a flood of empty ones has an end too.
            var cost = (chunk.Text?.Length ?? 0) + 32;
            if (Truncated || size + cost > Limit) Truncated = true;
            else if (chunks.TrueForAll(known => known.Sequence != chunk.Sequence))
            {
                size += cost;
                chunks.Add(chunk with { Text = chunk.Text ?? "" });
            }
        }
    }

    /// <summary>What came after <paramref name="sequence"/>, in order.</summary>
    public IReadOnlyList<CommandOutput> After(int sequence)
    {
        lock (gate) return [.. chunks.Where(chunk => chunk.Sequence > sequence).OrderBy(chunk => chunk.Sequence)];
    }
}
