using System.Net.WebSockets;
using System.Text.Json;

namespace Sophon.Node.Tests.Chaos.Hostile;

/// <summary>The messages of the hub's JSON protocol, one by one.</summary>
sealed class HubReader(WebSocket socket)
{
    readonly Queue<JsonElement> messages = new();
    readonly List<byte> pending = [];
    readonly byte[] buffer = new byte[64 * 1024];

    /// <summary>Null when the other side has closed or cut.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (messages.Count == 0)
        {
            try
            {
                var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                Take(buffer.AsSpan(0, received.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }

        return messages.Dequeue();
    }

    void Take(ReadOnlySpan<byte> bytes)
    {
        for (var end = bytes.IndexOf((byte)HostileInputs.End); end >= 0; end = bytes.IndexOf((byte)HostileInputs.End))
        {
            pending.AddRange(bytes[..end]);
            messages.Enqueue(JsonDocument.Parse(pending.ToArray()).RootElement);
            pending.Clear();
            bytes = bytes[(end + 1)..];
        }

        pending.AddRange(bytes);
    }
}
