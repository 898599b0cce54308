using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sophon.Node.Protocol.Commands;

/// <summary>Reads one JSON value as a parameter's type and checks its range.</summary>
static class ParameterReader
{
    public static bool TryRead(ParameterDefinition definition, JsonElement json, [NotNullWhen(true)] out object? value)
    {
        value = definition.Type switch
        {
            ParameterType.Integer => ReadInteger(definition, json),
            ParameterType.Boolean => json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            ParameterType.String => ReadString(definition, json),
            ParameterType.StringArray => ReadArray(definition, json),
            ParameterType.StringOrArray => (object?)ReadString(definition, json) ?? ReadArray(definition, json),
            ParameterType.StringMap => ReadMap(definition, json),
            _ => null,
        };
        return value is not null;
    }

    // Some JSON writers send whole numbers as 80.0: that is a whole number too.
    static int? ReadInteger(ParameterDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Number) return null;
        if (!json.TryGetInt32(out var number))
        {
            if (!json.TryGetDouble(out var fraction) || fraction != Math.Floor(fraction) || Math.Abs(fraction) > int.MaxValue) return null;
            number = (int)fraction;
        }

        return number >= (definition.Minimum ?? int.MinValue) && number <= (definition.Maximum ?? int.MaxValue) ? number : null;
    }

    static string? ReadString(ParameterDefinition definition, JsonElement json)
    {
        if (ReadText(json) is not { } text) return null;
        if (definition.Values is { } allowed) return allowed.Contains(text) ? text : null;
        return text.Length >= (definition.Minimum ?? 0) && text.Length <= (definition.Maximum ?? int.MaxValue) ? text : null;
    }

    static List<string>? ReadArray(ParameterDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > (definition.Maximum ?? int.MaxValue)) return null;

        var texts = new List<string>(json.GetArrayLength());
        foreach (var element in json.EnumerateArray())
        {
            if (ReadText(element) is not { } text) return null;
            texts.Add(text);
        }

        return texts;
    }

    static Dictionary<string, string?>? ReadMap(ParameterDefinition definition, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;

        var map = new Dictionary<string, string?>();
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.Length == 0 || property.Name.Contains('=', StringComparison.Ordinal) || property.Name.Contains('\0', StringComparison.Ordinal)) return null;
            var text = ReadText(property.Value);
            if (text is null && property.Value.ValueKind != JsonValueKind.Null) return null;
            map[property.Name] = text;
        }

        return map.Count <= (definition.Maximum ?? int.MaxValue) ? map : null;
    }

    /// <summary>The string, or null when it is none or holds a lone surrogate: JSON can spell one as \ud800, UTF-8 can't.</summary>
    static string? ReadText(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String) return null;
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
