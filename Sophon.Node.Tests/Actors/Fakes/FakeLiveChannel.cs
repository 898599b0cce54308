using System.Collections.Concurrent;
using System.Threading.Channels;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Live;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>The Gateway's end of a live view, in memory.</summary>
sealed class FakeLiveChannel(string viewId) : ILiveChannel
{
    readonly Channel<uint?> taken = Channel.CreateUnbounded<uint?>();

    public string ViewId => viewId;

    public ConcurrentQueue<LiveFrame> Frames { get; } = new();

    public ConcurrentQueue<LiveStatus> Statuses { get; } = new();

    public bool Disposed { get; private set; }

    /// <summary>A viewer has been sent everything up to this frame.</summary>
    public void Take(uint sequence) => taken.Writer.TryWrite(sequence);

    public void Close() => taken.Writer.TryWrite(null);

    public Task SendFrameAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        Frames.Enqueue(LiveFrame.Read(frame.ToArray()));
        return Task.CompletedTask;
    }

    public Task SendStatusAsync(LiveStatus status, CancellationToken cancellationToken)
    {
        Statuses.Enqueue(status);
        return Task.CompletedTask;
    }

    public Task<uint?> NextTakenAsync(CancellationToken cancellationToken) => taken.Reader.ReadAsync(cancellationToken).AsTask();

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
