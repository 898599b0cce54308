using System.Text.Encodings.Web;
using System.Text.Json;
using Sophon.Node.Actors;
using Sophon.Node.Gateway;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Identity;

/// <summary>The text of config.json. Errors name the place, and never quote what stands there: it may be the token.</summary>
static class ConfigFormat
{
    const string GatewayUrl = "gatewayUrl";
    const string Token = "nodeToken";

    static readonly JsonWriterOptions Written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(NodeIdentity identity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            writer.WriteStartObject();
            writer.WriteString(GatewayUrl, GatewayAddress.Show(identity.GatewayUrl));
            writer.WriteString(Token, identity.Token.Reveal());
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Unknown fields are ignored.</summary>
    /// <exception cref="ConfigFormatException">With the place.</exception>
    public static NodeIdentity Parse(ReadOnlySpan<byte> json)
    {
        // A byte order mark is no JSON, but some editors write one.
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        var reader = new Utf8JsonReader(json);
        try
        {
            return ReadObject(ref reader, json);
        }
        catch (JsonException error)
        {
            throw new ConfigFormatException((error.LineNumber ?? 0) + 1, (error.BytePositionInLine ?? 0) + 1, "this is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            throw At(json, reader.TokenStartIndex, "this text is not valid Unicode");
        }
    }

    static NodeIdentity ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Uri? gateway = null;
        NodeToken? token = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw At(json, reader.TokenStartIndex, "a JSON object is expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case GatewayUrl when gateway is not null:
                case Token when token is not null:
                    throw At(json, reader.TokenStartIndex, $"{name} stands here a second time");
                case GatewayUrl:
                    if (!GatewayAddress.TryParseStored(Text(ref reader, json, name), out gateway))
                        throw At(json, reader.TokenStartIndex, $"{name} is no http(s) address");
                    break;
                case Token:
                    if (!NodeToken.TryParse(Text(ref reader, json, name), out token))
                        throw At(json, reader.TokenStartIndex, $"{name} is no token ({{nodeId}}.{{secret}})");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var end = reader.TokenStartIndex;
        reader.Read();
        if (gateway is null) throw At(json, end, $"{GatewayUrl} is missing");
        if (token is null) throw At(json, end, $"{Token} is missing");
        return new NodeIdentity(gateway, token);
    }

    static string Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string name) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw At(json, reader.TokenStartIndex, $"{name} has to be a string");

    static ConfigFormatException At(ReadOnlySpan<byte> json, long offset, string message)
    {
        var before = json[..(int)Math.Min(offset, json.Length)];
        return new(before.Count((byte)'\n') + 1, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1, message);
    }
}

/// <param name="line">From 1.</param>
/// <param name="column">In bytes, from 1.</param>
sealed class ConfigFormatException(long line, long column, string message) : Exception(message)
{
    public long Line { get; } = line;

    public long Column { get; } = column;
}
