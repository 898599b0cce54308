namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>
/// Which object an id means. The client's ids start at 1 and are reused once the compositor has released them (<c>wl_display.delete_id</c>);
/// the compositor's own start at 0xff000000 and are overwritten when it reuses them.
/// </summary>
/// <remarks>A destroyed object stays until its id is released: events that were under way still find it, and their descriptors are taken.</remarks>
sealed class ObjectMap
{
    readonly Lock _lock = new();
    readonly Dictionary<uint, WaylandObject> _objects = [];
    readonly Stack<uint> _released = new();
    uint _next = 1;

    /// <summary>Gives the object its id.</summary>
    public uint Add(WaylandObject created)
    {
        lock (_lock)
        {
            created.Id = _released.TryPop(out var id) ? id : _next++;
            _objects[created.Id] = created;
            return created.Id;
        }
    }

    public void Adopt(WaylandObject created, uint id)
    {
        lock (_lock)
        {
            created.Id = id;
            _objects[id] = created;
        }
    }

    public void Remove(uint id)
    {
        lock (_lock)
        {
            if (_objects.Remove(id)) _released.Push(id);
        }
    }

    public WaylandObject? Find(uint id)
    {
        lock (_lock) return _objects.GetValueOrDefault(id);
    }
}
