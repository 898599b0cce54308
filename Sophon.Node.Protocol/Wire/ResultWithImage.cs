using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Protocol.Json;

namespace Sophon.Node.Protocol.Wire;

/// <summary>A result whose image travels in the JSON, for a Gateway without <see cref="WireNames.ImagesPath"/>: base64, written straight into the outgoing buffer.</summary>
[JsonConverter(typeof(Writer))]
public sealed record ResultWithImage(CommandResult Result)
{
    const string ImageName = "image";

    /// <summary>Writes an answer's object with the image as its first member.</summary>
    /// <param name="answer">An object without <c>image</c>.</param>
    public static void WriteAnswer(Utf8JsonWriter json, JsonElement answer, ReadOnlySpan<byte> image)
    {
        json.WriteStartObject();
        json.WriteBase64String(ImageName, image);
        foreach (var member in answer.EnumerateObject()) member.WriteTo(json);
        json.WriteEndObject();
    }

    internal sealed class Writer : JsonConverter<ResultWithImage>
    {
        public override ResultWithImage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.CommandResult)!);

        public override void Write(Utf8JsonWriter writer, ResultWithImage value, JsonSerializerOptions options)
        {
            var result = value.Result;
            writer.WriteStartObject();
            writer.WriteString("commandId", result.CommandId);
            writer.WriteString("nodeId", result.NodeId);
            writer.WritePropertyName("status");
            JsonSerializer.Serialize(writer, result.Status, ProtocolJson.Default.CommandStatus);
            writer.WritePropertyName("result");
            WriteAnswer(writer, result.Result!.Value, result.Image!.Value.Span);
            writer.WriteString("startedAt", result.StartedAt);
            writer.WriteNumber("durationMs", result.DurationMs);
            writer.WriteEndObject();
        }
    }
}
