using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sophon.Node.Protocol.Commands;

/// <summary>Checks a command's parameters against the catalogue before anything runs.</summary>
public static class ParameterValidator
{
    /// <summary>Reads <paramref name="parameters"/> for <paramref name="command"/>.</summary>
    /// <param name="parameters">The object as it came; absent, null and undefined count as empty.</param>
    /// <param name="error"><c>invalidArgument</c> naming the parameter, its value and what it takes.</param>
    public static bool TryRead(
        CommandDefinition command,
        JsonElement parameters,
        [NotNullWhen(true)] out CommandArguments? arguments,
        [NotNullWhen(false)] out CommandError? error)
    {
        var values = new Dictionary<string, object>();
        error = ReadGiven(command, parameters, values) ?? CheckMissing(command, values) ?? CheckOneOf(command, values);
        arguments = error is null ? new CommandArguments(values) : null;
        return error is null;
    }

    static CommandError? ReadGiven(CommandDefinition command, JsonElement parameters, Dictionary<string, object> values)
    {
        if (parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        if (parameters.ValueKind != JsonValueKind.Object)
            return Invalid("parameters", $"parameters is {ValueText.Of(parameters)}; it takes an object");

        foreach (var property in parameters.EnumerateObject())
        {
            var definition = command.Parameters.FirstOrDefault(parameter => parameter.Name == property.Name);
            if (definition is null)
                return Invalid(property.Name, $"{command.Name} has no parameter \"{ValueText.Shorten(property.Name)}\"; it takes {NamesOf(command)}");
            if (values.ContainsKey(definition.Name))
                return Invalid(property.Name, $"{definition.Name} is given twice");

            // An explicit null is the same as leaving an optional parameter out.
            if (property.Value.ValueKind == JsonValueKind.Null && !definition.Required) continue;
            if (!ParameterReader.TryRead(definition, property.Value, out var value))
            {
                var shown = command.Sensitive ? ValueText.KindOf(property.Value) : ValueText.Of(property.Value);
                return Invalid(definition.Name, $"{definition.Name} is {shown}; it takes {Takes(definition)}");
            }

            values[definition.Name] = value;
        }

        return null;
    }

    static CommandError? CheckMissing(CommandDefinition command, Dictionary<string, object> values)
    {
        foreach (var definition in command.Parameters.Where(definition => !values.ContainsKey(definition.Name)))
        {
            if (definition.Required)
                return Invalid(definition.Name, $"{definition.Name} is missing; it takes {Takes(definition)}");
            if (definition.Default is { } value) values[definition.Name] = value;
        }

        return null;
    }

    static CommandError? CheckOneOf(CommandDefinition command, Dictionary<string, object> values)
    {
        foreach (var group in command.OneOf ?? [])
        {
            var given = group.Count(values.ContainsKey);
            if (given == 1) continue;
            var names = string.Join(" or ", group);
            return Invalid(group[0], given == 0 ? $"{names} is missing; give one of them" : $"{names}: give only one of them");
        }

        return null;
    }

    static CommandError Invalid(string parameter, string message) =>
        new(ErrorCode.InvalidArgument, message, JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["parameter"] = ValueText.Shorten(parameter) }, Json.ProtocolJson.Default.DictionaryStringString));

    static string NamesOf(CommandDefinition command) =>
        command.Parameters.Count == 0 ? "none" : string.Join(", ", command.Parameters.Select(parameter => parameter.Name));

    /// <summary>In words: what a parameter takes.</summary>
    public static string Takes(ParameterDefinition definition)
    {
        if (definition.Values is { } allowed) return string.Join(", ", allowed.Select(value => $"\"{value}\""));
        var range = (definition.Minimum, definition.Maximum) switch
        {
            ({ } low, { } high) => $"{low} to {high}",
            ({ } low, null) => $"at least {low}",
            (null, { } high) => $"at most {high}",
            _ => "",
        };
        var characters = range.Length == 0 ? "" : $" of {range} characters";
        var entries = definition.Maximum is { } most ? $" of at most {most}" : "";
        return definition.Type switch
        {
            ParameterType.Integer => range.Length == 0 ? "a whole number" : $"a whole number, {range}",
            ParameterType.Boolean => "true or false",
            ParameterType.String => $"a string{characters}",
            ParameterType.StringArray => $"an array{entries} strings",
            ParameterType.StringOrArray => $"a string{characters} or an array of strings",
            ParameterType.StringMap => $"an object{entries} strings",
            _ => throw new ArgumentOutOfRangeException(nameof(definition), definition.Type, null),
        };
    }
}
