using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>Joins a result and its image, where a reader wants one JSON: the image becomes base64 as late as can be.</summary>
static class ResultImages
{
    /// <summary>The result as its readers know it; null without one.</summary>
    public static JsonElement? Element(CommandRecord record) =>
        record.Result is not { } result ? null
        : record.Image is { } image ? JsonElement.Parse(Join(result, image).WrittenSpan)
        : JsonElement.Parse(result);

    /// <summary>The record with its image in the result, as it is stored.</summary>
    public static CommandRecord InResult(CommandRecord record) => record is { Result: { } result, Image: { } image }
        ? record with { Result = Encoding.UTF8.GetString(Join(result, image).WrittenSpan), Image = null }
        : record;

    /// <summary>UTF-8 bytes of the result, its image as base64 included.</summary>
    public static int Size(string? result, ReadOnlyMemory<byte>? image) =>
        (result is null ? 0 : Encoding.UTF8.GetByteCount(result)) + (image is { } bytes ? Base64.GetMaxEncodedToUtf8Length(bytes.Length) + "\"image\":\"\",".Length : 0);

    static ArrayBufferWriter<byte> Join(string result, ReadOnlyMemory<byte> image)
    {
        var buffer = new ArrayBufferWriter<byte>(Size(result, image) + 64);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        ResultWithImage.WriteAnswer(json, JsonElement.Parse(result), image.Span);
        json.Flush();
        return buffer;
    }
}
