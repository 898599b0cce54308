namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>zwlr_screencopy_manager_v1</c> version 3.</summary>
sealed class ScreencopyManager(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "zwlr_screencopy_manager_v1";

    public ScreencopyFrame CaptureOutput(Output output)
    {
        var frame = new ScreencopyFrame(Connection);
        return Create(frame, 0, Argument.New(frame), 0, output);
    }
}

/// <param name="Format"><c>wl_shm.format</c>: 0 and 1, else a DRM FourCC.</param>
/// <param name="Stride">Bytes from one row to the next.</param>
readonly record struct FrameBuffer(uint Format, int Width, int Height, int Stride);

/// <summary><c>zwlr_screencopy_frame_v1</c>: one picture of one output, unrotated.</summary>
sealed class ScreencopyFrame(WaylandConnection connection) : WaylandObject(connection)
{
    readonly TaskCompletionSource<FrameBuffer?> described = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<bool> finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    FrameBuffer? buffer;

    /// <summary>The buffer that <see cref="Copy"/> wants; null when the capture failed.</summary>
    public Task<FrameBuffer?> Described => described.Task;

    /// <summary>True when the pixels are in the buffer.</summary>
    public Task<bool> Finished => finished.Task;

    /// <summary>The rows come bottom first.</summary>
    public bool IsInverted { get; private set; }

    public void Copy(ShmBuffer buffer) => Send(0, buffer);

    public void Destroy() => Send(1);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        switch (opcode)
        {
            case 0:
                buffer = new FrameBuffer(arguments.UInt(), arguments.Int(), arguments.Int(), arguments.Int());
                break;
            case 1:
                IsInverted = (arguments.UInt() & 1) != 0;
                break;
            case 2:
                finished.TrySetResult(true);
                break;
            case 3:
                described.TrySetResult(null);
                finished.TrySetResult(false);
                break;
            case 6:
                described.TrySetResult(buffer);
                break;
        }
    }
}
