using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sophon.Gateway.Dashboard.Console;

/// <summary>How a command's result is laid out for a person: its image, its tables, its texts, and what is left as facts.</summary>
/// <param name="Image">As a data address; null without one.</param>
public sealed record ResultShape(
    string? Image, IReadOnlyList<ResultFact> Facts, IReadOnlyList<ResultFact> Texts, IReadOnlyList<ResultTable> Tables)
{
    /// <summary>Characters from which on a string is a text of its own.</summary>
    const int LongText = 120;

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsEmpty => Image is null && Facts.Count == 0 && Texts.Count == 0 && Tables.Count == 0;

    public static ResultShape Of(JsonElement result)
    {
        string? image = null;
        List<ResultFact> facts = [], texts = [];
        List<ResultTable> tables = [];
        if (result.ValueKind != JsonValueKind.Object)
            return new ResultShape(null, [new ResultFact("result", Text(result))], [], []);
        foreach (var (name, value) in result.EnumerateObject().Select(property => (property.Name, property.Value)))
        {
            if (IsImage(result, name, value)) image = "data:image/jpeg;base64," + value.GetString();
            else if (value.ValueKind == JsonValueKind.Array) tables.Add(ResultTable.Of(name, value));
            else if (IsText(name, value)) texts.Add(new ResultFact(name, value.GetString()!));
            else facts.Add(new ResultFact(name, Text(value)));
        }

        return new ResultShape(image, facts, texts, tables);
    }

    /// <summary>Indented; an image by its size alone.</summary>
    public static string Raw(JsonElement result)
    {
        var node = JsonNode.Parse(result.GetRawText());
        if (node is JsonObject json && IsImage(result, "image", result.TryGetProperty("image", out var image) ? image : default))
            json["image"] = $"(base64, {image.GetString()!.Length} characters)";
        return node?.ToJsonString(Readable) ?? "null";
    }

    internal static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String) => string.Join(", ", value.EnumerateArray().Select(element => element.GetString())),
        JsonValueKind.Object when value.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.Number) =>
            string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name} {property.Value.GetRawText()}")),
        _ => value.GetRawText(),
    };

    static bool IsImage(JsonElement result, string name, JsonElement value) =>
        name == "image" && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        && result.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.GetString() == "jpeg"
        && System.Buffers.Text.Base64.IsValid(text);

    static bool IsText(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && (name is "stdout" or "stderr" or "text" || value.GetString()!.Length > LongText || value.GetString()!.Contains('\n', StringComparison.Ordinal));
}

public sealed record ResultFact(string Name, string Value);

/// <summary>A list of the result, a line for each of its entries.</summary>
public sealed record ResultTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    const string OnlyColumn = "value";

    public static ResultTable Of(string name, JsonElement list)
    {
        var columns = list.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object)
            .SelectMany(entry => entry.EnumerateObject().Select(property => property.Name)).Distinct().ToList();
        if (list.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.Object)) columns.Add(OnlyColumn);
        return new ResultTable(name, columns, [.. list.EnumerateArray().Select(entry => (IReadOnlyList<string>)[.. columns.Select(column => Cell(entry, column))])]);
    }

    static string Cell(JsonElement entry, string column) =>
        entry.ValueKind == JsonValueKind.Object ? entry.TryGetProperty(column, out var value) ? ResultShape.Text(value) : ""
        : column == OnlyColumn ? ResultShape.Text(entry)
        : "";
}
