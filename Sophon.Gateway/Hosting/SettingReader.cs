using System.Diagnostics.CodeAnalysis;

namespace Sophon.Gateway.Hosting;

/// <summary>Reads settings by name, and knows afterwards which there are. An empty value counts as none.</summary>
sealed class SettingReader(IConfiguration configuration)
{
    readonly SortedSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every setting that was asked for.</summary>
    public IReadOnlyCollection<string> Names => names;

    public string? Text(string name)
    {
        names.Add(name);
        return configuration[name] is { Length: > 0 } value ? value : null;
    }

    public bool Flag(string name, bool otherwise) => Value(name, otherwise, "true or false", value => bool.TryParse(value, out var flag) ? flag : null);

    public int Whole(string name, int otherwise, int low, int high, string unit) =>
        Value(name, otherwise, $"a whole number of {unit}, {low} to {high}", value => int.TryParse(value, out var number) && number >= low && number <= high ? number : null);

    public T Value<T>(string name, T otherwise, string takes, Func<string, T?> read) where T : struct =>
        Text(name) is not { } value ? otherwise : read(value) ?? throw Wrong(name, value, takes);

    [return: NotNullIfNotNull(nameof(otherwise))]
    public T? Object<T>(string name, T? otherwise, string takes, Func<string, T?> read) where T : class =>
        Text(name) is not { } value ? otherwise : read(value) ?? throw Wrong(name, value, takes);

    /// <summary>A misspelt name must not pass for a setting that is kept.</summary>
    /// <exception cref="GatewayStartException">The section has a setting that nobody asked for.</exception>
    public void RefuseUnknown(string section)
    {
        foreach (var (name, value) in configuration.GetSection(section).AsEnumerable())
        {
            if (value is null || names.Contains(name)) continue;
            throw new GatewayStartException($"There is no setting {name}. There are: {string.Join(", ", names.Where(known => known.StartsWith(section, StringComparison.OrdinalIgnoreCase)))}.");
        }
    }

    static GatewayStartException Wrong(string name, string value, string takes) => new($"The setting {name} is \"{value}\"; it takes {takes}.");
}
