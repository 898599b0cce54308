namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>
/// Which object an id means. The client's ids start at 1 and are reused once the compositor has released them (<c>wl_display.delete_id</c>);
/// the compositor's own start at 0xff000000 and are overwritten when it reuses them.
/// </summary>
/// <remarks>A destroyed object stays until its id is released: events that were under way still find it, and their descriptors are taken.</remarks>
sealed class ObjectMap
{
    readonly Lock gate = new();
    readonly Dictionary<uint, WaylandObject> objects = [];
    readonly Stack<uint> released = new();
    uint next = 1;

    /// <summary>Gives the object its id.</summary>
    public uint Add(WaylandObject created)
    {
        lock (gate)
        {
            created.Id = released.TryPop(out var id) ? id : next++;
            objects[created.Id] = created;
            return created.Id;
        }
    }

    public void Adopt(WaylandObject created, uint id)
    {
        lock (gate)
        {
            created.Id = id;
            objects[id] = created;
        }
    }

    public void Remove(uint id)
    {
        lock (gate)
        {
            if (objects.Remove(id)) released.Push(id);
        }
    }

    public WaylandObject? Find(uint id)
    {
        lock (gate) return objects.GetValueOrDefault(id);
    }
}
