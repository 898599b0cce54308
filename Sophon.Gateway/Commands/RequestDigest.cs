using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sophon.Gateway.Commands;

/// <summary>
/// Tells a repeated request from a reused commandId without keeping what was asked. Keyed, because a short text
/// (a password that was typed) could be guessed from a plain hash in a copied store. The order of object members doesn't count.
/// </summary>
sealed class RequestDigest(byte[] key)
{
    public const int KeyBytes = 32;

    /// <returns>64 hex digits.</returns>
    public string Of(string nodeId, string type, int timeoutSeconds, JsonElement parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(nodeId);
            writer.WriteStringValue(type);
            writer.WriteNumberValue(timeoutSeconds);
            Write(writer, parameters);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, buffer.WrittenSpan));
    }

    static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in json.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in json.EnumerateArray()) Write(writer, element);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Undefined:
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
