using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Dashboard.Console;

/// <summary>What a person has typed into the form of one command, and the parameters that this makes. What is empty, or as the command takes it by itself, stays absent.</summary>
public sealed class CommandForm
{
    /// <summary>Characters of one field: a page's message to the Gateway is bounded. The REST API takes more.</summary>
    public const int LongestText = 30_000;

    public const string TimeoutName = "timeoutSeconds";

    static readonly JsonSerializerOptions AsTyped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<string, string> texts;

    public CommandForm(CommandDefinition command)
    {
        Command = command;
        texts = command.Parameters.ToDictionary(parameter => parameter.Name, Default);
        Timeout = command.DefaultTimeoutSeconds.ToString(CultureInfo.InvariantCulture);
    }

    public CommandDefinition Command { get; }

    public string Timeout { get; set; }

    /// <summary>As typed; <c>True</c> or <c>False</c> for a boolean.</summary>
    public string this[string parameter]
    {
        get => texts[parameter];
        set => texts[parameter] = value;
    }

    /// <returns>Null when the form can't be sent; <paramref name="error"/> says why, and <paramref name="parameter"/> which field it is about.</returns>
    public JsonElement? Read(out int timeoutSeconds, out string? error, out string? parameter)
    {
        (error, parameter) = (null, null);
        if (!int.TryParse(Timeout, NumberStyles.None, CultureInfo.InvariantCulture, out timeoutSeconds) || timeoutSeconds is < 1 or > WireLimits.MaxTimeoutSeconds)
        {
            (error, parameter) = ($"The timeout takes a whole number of seconds, 1 to {WireLimits.MaxTimeoutSeconds}.", TimeoutName);
            return null;
        }

        var json = Parameters();
        if (ParameterValidator.TryRead(Command, json, out _, out var refused)) return json;
        error = refused.Message;
        if (refused.Detail is { ValueKind: JsonValueKind.Object } detail && detail.TryGetProperty("parameter", out var name)) parameter = name.GetString();
        return null;
    }

    JsonElement Parameters()
    {
        var json = new JsonObject();
        foreach (var parameter in Command.Parameters)
            if (texts[parameter.Name] != Default(parameter) || parameter.Required)
                if (ValueOf(parameter, texts[parameter.Name]) is { } value) json[parameter.Name] = value;
        return JsonSerializer.SerializeToElement(json, AsTyped);
    }

    static string Default(ParameterDefinition parameter) => Convert.ToString(parameter.Default, CultureInfo.InvariantCulture) ?? "";

    // A text is allowed to be empty where it has to be given, e.g. an empty message.
    static JsonNode? ValueOf(ParameterDefinition parameter, string text) => parameter.Type switch
    {
        ParameterType.Boolean => bool.TryParse(text, out var flag) ? flag : null,
        ParameterType.String when text.Length == 0 && !(parameter.Required && parameter.Minimum is null) => null,
        ParameterType.String => text,
        _ when text.Trim().Length == 0 => null,
        ParameterType.Integer => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text,
        ParameterType.StringArray => Array(Lines(text)),
        ParameterType.StringOrArray => Lines(text) is [var single] ? single : Array(Lines(text)),
        ParameterType.StringMap => Map(Lines(text)),
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Type, null),
    };

    /// <summary>A line is an entry, also an empty one; the line break at the end begins none.</summary>
    static string[] Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        return (lines.EndsWith('\n') ? lines[..^1] : lines).Split('\n');
    }

    static JsonArray Array(string[] lines) => new([.. lines.Select(line => (JsonNode?)line)]);

    /// <summary><c>NAME=value</c>; a name alone removes the variable.</summary>
    static JsonObject Map(string[] lines)
    {
        var map = new JsonObject();
        foreach (var line in lines.Where(line => line.Trim().Length > 0))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            map[equals < 0 ? line.Trim() : line[..equals]] = equals < 0 ? null : line[(equals + 1)..];
        }

        return map;
    }
}
