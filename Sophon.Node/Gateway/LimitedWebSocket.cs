using System.Net.WebSockets;

namespace Sophon.Node.Gateway;

/// <summary>
/// Ends the connection when one message of the hub grows past the limit, or when none has come for too long. SignalR's client has no such
/// limit, and its pipe's thresholds bound nothing: a message that is not whole yet is examined, and what is examined makes room for more.
/// Its timeout for silence asks the wall clock: whoever sets the clock forward would cut the connection.
/// </summary>
/// <param name="limit">Bytes between two record separators; WebSocket messages may hold several messages of the hub.</param>
/// <param name="silence">Of the Gateway, which pings. Monotonic.</param>
sealed class LimitedWebSocket(WebSocket inner, int limit, TimeSpan silence) : WebSocket
{
    /// <summary>Between two messages of the hub. JSON escapes it inside a text.</summary>
    const byte RecordSeparator = 0x1e;

    long pending;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(silence);
        try
        {
            var result = await inner.ReceiveAsync(buffer, patience.Token);
            Count(buffer.Span[..result.Count]);
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the Gateway has been silent for {silence.TotalSeconds:0.#} s");
        }
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage, CloseStatus, CloseStatusDescription);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, WebSocketMessageFlags messageFlags, CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, messageFlags, cancellationToken);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        inner.SendAsync(buffer, messageType, endOfMessage, cancellationToken);

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort() => inner.Abort();

    public override void Dispose() => inner.Dispose();

    void Count(ReadOnlySpan<byte> received)
    {
        var first = received.IndexOf(RecordSeparator);
        var longest = pending + (first < 0 ? received.Length : first);
        pending = first < 0 ? longest : received.Length - received.LastIndexOf(RecordSeparator) - 1;
        if (longest <= limit) return;
        inner.Abort();
        throw new InvalidDataException($"a message of the Gateway has more than {limit / (1024 * 1024)} MiB");
    }
}
