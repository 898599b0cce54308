using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Cli;

/// <summary>Makes a command's parameters of <c>NAME=VALUE</c> pairs, by the types of the catalogue. What does not fit travels as text: the Gateway says what is wrong with it.</summary>
static class ExecParameters
{
    /// <exception cref="CliException">It can't be read.</exception>
    public static JsonObject Read(string type, IReadOnlyList<string> pairs, string? json)
    {
        var parameters = ReadObject(json);
        var given = pairs.Select(SplitPair).GroupBy(pair => pair.Name, pair => pair.Value);
        foreach (var values in given)
        {
            var definition = CommandCatalog.Find(type)?.Parameters.FirstOrDefault(parameter => parameter.Name == values.Key);
            parameters[values.Key] = Value(definition?.Type ?? ParameterType.String, values.Key, [.. values]);
        }

        return parameters;
    }

    static JsonObject ReadObject(string? json)
    {
        try
        {
            return json is null ? [] : JsonNode.Parse(json) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CliException(ExitCodes.Usage, "--parameters takes a JSON object, e.g. '{\"x\": 10, \"y\": 20}'.");
        }
    }

    static (string Name, string Value) SplitPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (pair[..equals], pair[(equals + 1)..]) : throw new CliException(ExitCodes.Usage, $"--param takes NAME=VALUE, not \"{pair}\".");
    }

    static JsonNode? Value(ParameterType type, string name, IReadOnlyList<string> values) => type switch
    {
        ParameterType.StringArray => Texts(values),
        ParameterType.StringOrArray when values.Count > 1 => Texts(values),
        ParameterType.StringMap => new JsonObject(values.Select(SplitPair).Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)JsonValue.Create(pair.Value)))),
        _ when values.Count > 1 => throw new CliException(ExitCodes.Usage, $"--param {name} is given {values.Count} times; it takes one value."),
        ParameterType.Integer when long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        ParameterType.Boolean when bool.TryParse(values[0], out var flag) => JsonValue.Create(flag),
        _ => JsonValue.Create(values[0]),
    };

    static JsonArray Texts(IReadOnlyList<string> values) => [.. values.Select(value => JsonValue.Create(value))];
}
