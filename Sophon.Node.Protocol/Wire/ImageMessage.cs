using System.Buffers.Binary;
using System.Text.Json;
using Sophon.Node.Protocol.Json;

namespace Sophon.Node.Protocol.Wire;

/// <summary>
/// A result with its image as one binary message over <see cref="WireNames.ImagesPath"/>: the JSON's length (4 bytes, little-endian),
/// the <c>CommandResult</c> without <c>image</c> as JSON, and the JPEG file up to the message's end.
/// </summary>
public static class ImageMessage
{
    const int LengthBytes = 4;

    /// <summary>What goes before the image.</summary>
    public static byte[] Head(CommandResult result)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(result, ProtocolJson.Default.CommandResult);
        var head = new byte[LengthBytes + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(head, json.Length);
        json.CopyTo(head, LengthBytes);
        return head;
    }

    /// <param name="message">Kept by the result: its image is a part of it.</param>
    /// <exception cref="FormatException">It is no such message.</exception>
    public static CommandResult Read(ReadOnlyMemory<byte> message)
    {
        if (message.Length < LengthBytes) throw new FormatException("the message has no length");
        var length = BinaryPrimitives.ReadInt32LittleEndian(message.Span);
        if (length <= 0 || length > message.Length - LengthBytes) throw new FormatException($"the message says that its JSON has {length} bytes");
        try
        {
            var result = JsonSerializer.Deserialize(message.Span.Slice(LengthBytes, length), ProtocolJson.Default.CommandResult);
            return result is { Result.ValueKind: JsonValueKind.Object }
                ? result with { Image = message[(LengthBytes + length)..] }
                : throw new FormatException("the message's JSON is no result with an answer");
        }
        catch (JsonException error)
        {
            throw new FormatException("the message's JSON can't be read", error);
        }
    }
}
