using Microsoft.Extensions.Caching.Memory;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Commands;

/// <summary>
/// What the store keeps of parameters and results: images, clipboard, typed text and program output only until they are delivered,
/// unless the operator keeps full results. A delivered one stays in memory for five minutes, for a caller whose answer got lost.
/// </summary>
sealed class KeptResults(GatewaySettings settings) : IDisposable
{
    const long MemoryLimit = 64 * 1024 * 1024;
    static readonly TimeSpan MemoryTime = TimeSpan.FromMinutes(5);

    sealed record Remembered(string Result, ReadOnlyMemory<byte>? Image);

    readonly MemoryCache recent = new(new MemoryCacheOptions { SizeLimit = MemoryLimit });

    /// <summary>A final record as it goes to the store.</summary>
    /// <param name="hasWaiters">Somebody is about to get the result. An image for him is not worth writing: it can be taken again.</param>
    public CommandRecord ForStore(CommandRecord record, bool hasWaiters)
    {
        if (!IsDropped(record)) return ResultImages.InResult(record);
        var stored = record with { Parameters = null };
        if (!hasWaiters || !HasImage(record) || record.Result is null) return ResultImages.InResult(stored);
        Remember(record);
        return Drop(stored);
    }

    /// <summary>The result goes out now.</summary>
    /// <returns>The record without it, when the store must drop it; else null.</returns>
    public CommandRecord? Delivered(CommandRecord record)
    {
        if (record.Result is null || !IsDropped(record)) return null;
        Remember(record);
        return Drop(record with { Parameters = null });
    }

    /// <summary>Puts a dropped result back that is still in memory.</summary>
    public CommandRecord Recall(CommandRecord record) =>
        record.ResultDropped && recent.TryGetValue(record.Id, out Remembered? kept) ? record with { Result = kept!.Result, Image = kept.Image, ResultDropped = false } : record;

    public void Dispose() => recent.Dispose();

    bool IsDropped(CommandRecord record) =>
        !settings.KeepFullResults && (HasImage(record) || CommandCatalog.Find(record.Type) is not { Sensitive: false });

    void Remember(CommandRecord record) => recent.Set(
        record.Id, new Remembered(record.Result!, record.Image),
        new MemoryCacheEntryOptions { Size = 2L * record.Result!.Length + (record.Image?.Length ?? 0), AbsoluteExpirationRelativeToNow = MemoryTime });

    static bool HasImage(CommandRecord record) => record.Type is "screen.capture" or "screen.region";

    static CommandRecord Drop(CommandRecord record) =>
        record.Result is null ? record : record with { Result = null, Image = null, ResultDropped = true };
}
