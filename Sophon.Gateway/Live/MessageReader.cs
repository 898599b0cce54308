using System.Buffers;
using System.Net.WebSockets;

namespace Sophon.Gateway.Live;

/// <summary>Whole messages of a WebSocket, in one buffer that grows as they do.</summary>
/// <param name="limit">Bytes of one message.</param>
sealed class MessageReader(WebSocket socket, int limit) : IDisposable
{
    const int FirstSize = 4 * 1024;

    byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>Valid until the next call.</summary>
    public readonly record struct Message(bool IsText, ReadOnlyMemory<byte> Bytes)
    {
        public ReadOnlySpan<byte> Span => Bytes.Span;

        public byte[] ToOwned() => Bytes.ToArray();
    }

    /// <returns>Null when the other side has closed.</returns>
    /// <exception cref="InvalidDataException">A message is larger than the limit.</exception>
    public async ValueTask<Message?> NextAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == buffer.Length) Grow();
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (received.EndOfMessage) return new Message(received.MessageType == WebSocketMessageType.Text, buffer.AsMemory(0, length));
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    void Grow()
    {
        if (buffer.Length >= limit) throw new InvalidDataException($"a message has more than {limit / (1024 * 1024)} MiB");
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(limit, buffer.Length * 2));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
