using System.Net.WebSockets;
using System.Text.Json;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Live;

namespace Sophon.Node.Gateway;

/// <summary>One live view's WebSocket: frames as binary messages, everything else as JSON in text messages.</summary>
sealed class LiveChannel(WebSocket socket) : ILiveChannel
{
    readonly byte[] buffer = new byte[1_024];

    public Task SendFrameAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).AsTask();

    public Task SendStatusAsync(LiveStatus status, CancellationToken cancellationToken) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(status, ProtocolJson.Default.LiveStatus), WebSocketMessageType.Text, true, cancellationToken);

    public async Task<uint?> NextTakenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            return received.MessageType == WebSocketMessageType.Text && received.EndOfMessage
                ? JsonSerializer.Deserialize(buffer.AsSpan(0, received.Count), ProtocolJson.Default.LiveTaken)?.Taken
                : null;
        }
        catch (Exception error) when (error is WebSocketException or JsonException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
