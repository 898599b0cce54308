using System.Text.Json;

namespace Sophon.Node.Protocol.Commands;

/// <summary>How much harm a command can do.</summary>
public enum Risk { None, Low, Medium, Critical }

/// <summary>The actor beneath the command router that runs a command. One command at a time each, in order of arrival.</summary>
public enum Device { Screen, Input, Clipboard, Window, App, System, Execute, Notify, Accessibility }

public enum ParameterType
{
    /// <summary>A JSON number without a fraction.</summary>
    Integer,
    Boolean,
    String,

    /// <summary>An array of strings.</summary>
    StringArray,

    /// <summary>A string or an array of strings.</summary>
    StringOrArray,

    /// <summary>An object whose values are strings, or null.</summary>
    StringMap,
}

/// <summary>One parameter of a command.</summary>
/// <param name="Name">As it travels.</param>
/// <param name="Default">Used when the parameter is absent; null when there is none.</param>
/// <param name="Minimum">Smallest integer; for strings the smallest length in UTF-16 units.</param>
/// <param name="Maximum">Largest integer; for strings the greatest length in UTF-16 units; for arrays and maps the greatest count.</param>
/// <param name="Values">The only strings that it takes; null when any.</param>
/// <param name="Help">One phrase, for documentation and forms.</param>
/// <param name="RunsProgram">It names a program of the caller's choice: a call that has it waits for a person's approval at the Gateway.</param>
public sealed record ParameterDefinition(
    string Name,
    ParameterType Type,
    string Help,
    bool Required = false,
    object? Default = null,
    int? Minimum = null,
    int? Maximum = null,
    IReadOnlyList<string>? Values = null,
    bool RunsProgram = false);

/// <summary>One command of the catalogue.</summary>
/// <param name="OneOf">Groups of parameters of which exactly one must be given, e.g. <c>id</c> or <c>title</c>.</param>
/// <param name="Sensitive">Its parameters or its result hold what a person typed or copied: never logged, dropped once delivered.</param>
public sealed record CommandDefinition(
    string Name,
    string Summary,
    string Answer,
    Device Device,
    string Scope,
    Risk Risk,
    IReadOnlyList<ParameterDefinition> Parameters,
    IReadOnlyList<IReadOnlyList<string>>? OneOf = null,
    int DefaultTimeoutSeconds = 30,
    bool Sensitive = false)
{
    /// <summary>True for a call that runs a program of the caller's choice: a person has to approve it at the Gateway, besides the Node's own consent.</summary>
    /// <param name="parameters">Valid ones.</param>
    public bool NeedsApproval(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object
        && Parameters.Any(parameter => parameter.RunsProgram && parameters.TryGetProperty(parameter.Name, out var value) && value.ValueKind != JsonValueKind.Null);
}
