using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Gateway;

/// <summary>
/// Results with an image over a WebSocket of their own, as bytes. Opened in the background by the first one, which takes the hub meanwhile;
/// closed when it has not been used for a while. A Gateway without it is asked once per connection of the hub.
/// </summary>
sealed class ImageChannel(GatewaySockets sockets) : IAsyncDisposable
{
    static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10), AnswerWithin = TimeSpan.FromSeconds(30), IdleTime = TimeSpan.FromMinutes(2);

    readonly CancellationTokenSource lifetime = new();
    readonly SemaphoreSlim sending = new(1);
    readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> pending = new();
    readonly Lock gate = new();
    WebSocket? socket;
    bool opening;
    bool lacking;

    /// <returns>What the Gateway answered; null when it did not go this way: send it over the hub.</returns>
    public async Task<bool?> TrySendAsync(CommandResult result, CancellationToken cancellationToken)
    {
        if (Current() is not { } open) return null;
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!pending.TryAdd(result.CommandId, answer)) return null;
        try
        {
            await sending.WaitAsync(cancellationToken);
            try
            {
                await open.SendAsync(ImageMessage.Head(result), WebSocketMessageType.Binary, endOfMessage: false, cancellationToken);
                await open.SendAsync(result.Image!.Value, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
            finally
            {
                sending.Release();
            }

            return await answer.Task.WaitAsync(AnswerWithin, cancellationToken);
        }
        catch (Exception error) when (error is WebSocketException or IOException or TimeoutException or ObjectDisposedException or InvalidOperationException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Whether it arrived is not known; the hub's way settles it: a result that comes twice counts once.
            Drop(open);
            return null;
        }
        finally
        {
            pending.TryRemove(result.CommandId, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        lock (gate) socket?.Dispose();
    }

    WebSocket? Current()
    {
        lock (gate)
        {
            if (socket is { State: WebSocketState.Open }) return socket;
            if (lacking || opening || lifetime.IsCancellationRequested) return null;
            opening = true;
        }

        _ = Task.Run(RunAsync);
        return null;
    }

    async Task RunAsync()
    {
        WebSocket? opened = null;
        try
        {
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token))
            {
                limit.CancelAfter(ConnectWithin);
                opened = await sockets.ConnectAsync(WireNames.ImagesPath, limit.Token);
            }

            lock (gate)
            {
                (socket, opening, lacking) = (opened, false, opened is null);
                if (lifetime.IsCancellationRequested) opened?.Dispose();
            }

            if (opened is not null) await ReadAnswersAsync(opened);
        }
        catch (Exception)
        {
            // The next image asks again; until then they take the hub.
        }
        finally
        {
            lock (gate) opening = false;
            if (opened is not null) Drop(opened);
        }
    }

    async Task ReadAnswersAsync(WebSocket open)
    {
        var buffer = new byte[1_024];
        while (true)
        {
            using var idle = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token);
            idle.CancelAfter(IdleTime);
            var received = await open.ReceiveAsync(buffer.AsMemory(), idle.Token);
            if (received.MessageType != WebSocketMessageType.Text || !received.EndOfMessage) return;
            if (JsonSerializer.Deserialize(buffer.AsSpan(0, received.Count), ProtocolJson.Default.ImageStored) is { } stored && pending.TryGetValue(stored.CommandId, out var answer))
                answer.TrySetResult(stored.Stored);
        }
    }

    void Drop(WebSocket which)
    {
        lock (gate)
            if (socket == which) socket = null;
        which.Dispose();
        foreach (var answer in pending.Values) answer.TrySetException(new IOException("the socket for images was closed"));
    }
}
