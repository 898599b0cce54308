using System.Globalization;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.Policy;

/// <summary>A parameter's value as the texts that patterns are held against.</summary>
static class ArgumentTexts
{
    /// <summary>One entry per element; each entry has one or more spellings, the last being the one that allow patterns see.</summary>
    /// <returns>Empty when the parameter is absent.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Of(ParameterDefinition parameter, CommandArguments arguments)
    {
        var name = parameter.Name;
        if (!arguments.Has(name)) return [];
        return parameter.Type switch
        {
            ParameterType.Integer => [[arguments.Integer(name).ToString(CultureInfo.InvariantCulture)]],
            ParameterType.Boolean => [[arguments.Boolean(name) ? "true" : "false"]],
            ParameterType.String => [[arguments.Text(name)]],
            ParameterType.StringArray => [.. arguments.Texts(name).Select(text => (IReadOnlyList<string>)[text])],
            ParameterType.StringOrArray => [Hotkey(arguments.IsSingleText(name) ? KeyChord.Split(arguments.Texts(name)[0]) : arguments.Texts(name))],
            ParameterType.StringMap => [.. arguments.Map(name).Select(entry => (IReadOnlyList<string>)[$"{entry.Key}={entry.Value}"])],
            _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Type, null),
        };
    }

    // "cmd+C", ["win", "c"] and "super+c" are one chord; order and aliases must not get around a rule.
    static IReadOnlyList<string> Hotkey(IReadOnlyList<string> keys)
    {
        var written = string.Join('+', keys);
        if (!KeyChord.TryParseHotkey(keys, out var chord, out _)) return [written];
        var names = chord.Modifiers.Order().Select(modifier => modifier == KeyModifier.Control ? "ctrl" : modifier.ToString().ToLowerInvariant());
        return [written, string.Join('+', [.. names, chord.Key.ToString().ToLowerInvariant()])];
    }
}
