using System.Buffers;
using System.Collections.Concurrent;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Live;

namespace Sophon.Node.Actors.GatewayConnection.Hub.LiveView;

/// <summary>
/// The loop of one live view: as many frames as are taken, never more than two on the way. Scope, policy and pause are asked before each frame.
/// Frames pass through neither journal nor queue: what nobody has room for is not made.
/// </summary>
sealed class LiveStream(LiveSource source, ILiveChannel channel, Func<CommandError?> forbidden, TimeProvider time)
{
    const int MostOnTheWay = 2;

    // A frame may take half of a core's time, at most 60 a second; a screen that has been still for a second is looked at 20 times a second.
    static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1.0 / 60), StillInterval = TimeSpan.FromMilliseconds(50),
        StillAfter = TimeSpan.FromSeconds(1), WaitInterval = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentQueue<(uint Sequence, long SentAt)> onTheWay = new();
    readonly SemaphoreSlim room = new(MostOnTheWay);
    readonly ArrayBufferWriter<byte> buffer = new(256 * 1024);
    string state = LiveStates.Starting;

    /// <summary>Frames sent so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Returns when the Gateway has closed the channel.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var taken = ReadTakenAsync(ending);
        try
        {
            await SendAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The Gateway has closed the channel.
        }
        finally
        {
            await ending.CancelAsync();
            await taken;
        }
    }

    async Task SendAsync(CancellationToken cancellationToken)
    {
        var movedAt = time.GetTimestamp();
        while (true)
        {
            if (forbidden() is { } error)
            {
                await TellAsync(error.Code == ErrorCode.Paused ? LiveStates.Paused : LiveStates.Denied, error.Message, cancellationToken);
                source.StartAnew();
                await Task.Delay(WaitInterval, time, cancellationToken);
                continue;
            }

            var started = time.GetTimestamp();
            try
            {
                await room.WaitAsync(cancellationToken);
                if (await source.NextAsync(buffer, cancellationToken) is { } sequence)
                {
                    movedAt = time.GetTimestamp();
                    await TellAsync(LiveStates.Running, null, cancellationToken);
                    onTheWay.Enqueue((sequence, time.GetTimestamp()));
                    await channel.SendFrameAsync(buffer.WrittenMemory, cancellationToken);
                    Frames++;
                }
                else
                {
                    room.Release();
                }
            }
            catch (PlatformException failure)
            {
                room.Release();
                await TellAsync(LiveStates.Unavailable, failure.Message, cancellationToken);
                source.StartAnew();
                await Task.Delay(WaitInterval, time, cancellationToken);
                continue;
            }

            var work = time.GetElapsedTime(started);
            var interval = time.GetElapsedTime(movedAt) > StillAfter ? StillInterval : work * 2 > ShortestInterval ? work * 2 : ShortestInterval;
            if (interval > work) await Task.Delay(interval - work, time, cancellationToken);
        }
    }

    async Task TellAsync(string now, string? message, CancellationToken cancellationToken)
    {
        if (state == now) return;
        state = now;
        await channel.SendStatusAsync(new LiveStatus(now, message), cancellationToken);
    }

    async Task ReadTakenAsync(CancellationTokenSource ending)
    {
        try
        {
            while (await channel.NextTakenAsync(ending.Token) is { } sequence)
            {
                while (onTheWay.TryPeek(out var frame) && frame.Sequence <= sequence && onTheWay.TryDequeue(out frame))
                {
                    source.Quality.Taken(time.GetElapsedTime(frame.SentAt));
                    room.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The view is over.
        }
        finally
        {
            await ending.CancelAsync();
        }
    }
}
