using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices.Screen;

/// <summary>What <c>ifChangedSince</c> can be compared with. Safe to call from several threads.</summary>
sealed class RecentCaptures
{
    /// <param name="Revision">The display server's; null where it keeps none.</param>
    /// <param name="Hash">Of the pixels, where there is no revision.</param>
    public sealed record Capture(ScreenRectangle Area, bool Pointer, long? Revision, ulong Hash);

    const int Kept = 64;

    readonly Lock gate = new();
    readonly Dictionary<string, Capture> known = [];
    readonly Queue<string> order = [];

    /// <returns>Its captureId.</returns>
    public string Add(Capture capture)
    {
        var id = Guid.CreateVersion7().ToString("N");
        lock (gate)
        {
            known.Add(id, capture);
            order.Enqueue(id);
            if (order.Count > Kept) known.Remove(order.Dequeue());
        }

        return id;
    }

    /// <summary>Null when it is not known any more, or showed something else: then there is nothing to compare with.</summary>
    public Capture? Find(string? id, ScreenRectangle area, bool pointer)
    {
        if (id is null) return null;
        lock (gate) return known.GetValueOrDefault(id) is { } capture && (capture.Area, capture.Pointer) == (area, pointer) ? capture : null;
    }
}
