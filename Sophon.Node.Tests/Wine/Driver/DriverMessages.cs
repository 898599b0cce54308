using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sophon.Node.Tests.Wine.Driver;

/// <summary>One call on one connection: a JSON document each way, and the answer's bytes. To shut its sending side is to cancel the call.</summary>
static class DriverMessages
{
    public static async Task WriteAsync(Stream stream, JsonNode document, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(document);
        var lengths = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, json.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(4), bytes.Length);
        await stream.WriteAsync(lengths, cancellationToken);
        await stream.WriteAsync(json, cancellationToken);
        await stream.WriteAsync(bytes, cancellationToken);
    }

    public static async Task<(JsonNode Document, byte[] Bytes)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var lengths = new byte[8];
        await stream.ReadExactlyAsync(lengths, cancellationToken);
        var json = new byte[BinaryPrimitives.ReadInt32LittleEndian(lengths)];
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(lengths.AsSpan(4))];
        await stream.ReadExactlyAsync(json, cancellationToken);
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return (JsonNode.Parse(json)!, bytes);
    }
}
