namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>wl_shm</c>.</summary>
sealed class ShmGlobal(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "wl_shm";

    /// <summary>One buffer over the whole of <paramref name="memory"/>.</summary>
    public ShmBuffer CreateBuffer(SharedMemory memory, int width, int height, int stride, uint format)
    {
        var pool = new ShmPool(Connection);
        Send(0, Argument.New(pool), Argument.Descriptor(memory.Handle), memory.Size);
        var buffer = pool.CreateBuffer(width, height, stride, format);
        pool.Destroy();
        return buffer;
    }
}

/// <summary><c>wl_shm_pool</c>.</summary>
sealed class ShmPool(WaylandConnection connection) : WaylandObject(connection)
{
    public ShmBuffer CreateBuffer(int width, int height, int stride, uint format)
    {
        var buffer = new ShmBuffer(Connection);
        return Create(buffer, 0, Argument.New(buffer), 0, width, height, stride, format);
    }

    /// <summary>Its buffers live on.</summary>
    public void Destroy() => Send(1);
}

/// <summary><c>wl_buffer</c>.</summary>
sealed class ShmBuffer(WaylandConnection connection) : WaylandObject(connection)
{
    public void Destroy() => Send(0);
}
