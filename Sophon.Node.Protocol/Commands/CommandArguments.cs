namespace Sophon.Node.Protocol.Commands;

/// <summary>Checked parameters with the defaults filled in. Only <see cref="ParameterValidator"/> makes them, so a read can't fail.</summary>
public sealed class CommandArguments
{
    readonly IReadOnlyDictionary<string, object> values;

    internal CommandArguments(IReadOnlyDictionary<string, object> values) => this.values = values;

    public bool Has(string name) => values.ContainsKey(name);

    public int Integer(string name) => (int)values[name];

    public int? OptionalInteger(string name) => values.TryGetValue(name, out var value) ? (int)value : null;

    public bool Boolean(string name) => (bool)values[name];

    public string Text(string name) => (string)values[name];

    public string? OptionalText(string name) => values.GetValueOrDefault(name) as string;

    /// <summary>Empty when absent. A single string counts as one element.</summary>
    public IReadOnlyList<string> Texts(string name) => values.GetValueOrDefault(name) switch
    {
        string single => [single],
        IReadOnlyList<string> many => many,
        _ => [],
    };

    /// <summary>True when the caller gave one string where an array would do as well.</summary>
    public bool IsSingleText(string name) => values.GetValueOrDefault(name) is string;

    /// <summary>Empty when absent.</summary>
    public IReadOnlyDictionary<string, string?> Map(string name) =>
        values.GetValueOrDefault(name) as IReadOnlyDictionary<string, string?> ?? new Dictionary<string, string?>();
}
