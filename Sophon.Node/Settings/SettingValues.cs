using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Serilog.Events;

namespace Sophon.Node.Settings;

/// <summary>Typed values by key. Akka's own getters take a number without a unit for milliseconds and throw without naming the key.</summary>
/// <param name="placeOf">Where a key is set: "~/.sophon-node/node.conf, line 3".</param>
sealed partial class SettingValues(Config config, Func<string, string> placeOf)
{
    readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>The keys that were asked for.</summary>
    public IReadOnlySet<string> Read => read;

    public bool Switch(string key) => Text(key) switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var other => throw Wrong(key, other, "on or off"),
    };

    /// <summary>One of an enum's names, in lower case.</summary>
    public T Choice<T>(string key) where T : struct, Enum
    {
        var (text, names) = (Text(key), Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList());
        return names.Contains(text) ? Enum.Parse<T>(text, ignoreCase: true) : throw Wrong(key, text, string.Join(", ", names));
    }

    public int Count(string key, int least, int most)
    {
        var text = Text(key);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most
            ? count : throw Wrong(key, text, $"a whole number from {least:0} to {most:0}");
    }

    public TimeSpan Duration(string key, TimeSpan least, TimeSpan most)
    {
        var text = Text(key);
        return TryReadDuration(text, out var duration) && duration >= least && duration <= most
            ? duration : throw Wrong(key, text, $"a duration from {Show(least)} to {Show(most)} with its unit (ms, s, m, h), for instance {Show(least)}");
    }

    /// <summary>A number and its unit: 500ms, 10s, 1.5m, 24h.</summary>
    public static bool TryReadDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var match = DurationText().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var amount) || amount > int.MaxValue) return false;
        duration = (double)amount * UnitOf(match.Groups[2].Value);
        return true;
    }

    public LogEventLevel? Level(string key, bool mayBeOff) => Text(key) switch
    {
        "debug" => LogEventLevel.Debug,
        "information" => LogEventLevel.Information,
        "warning" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        "off" when mayBeOff => null,
        var other => throw Wrong(key, other, (mayBeOff ? "off, " : "") + "error, warning, information or debug"),
    };

    string Text(string key)
    {
        read.Add(key);
        var value = config.GetValue(key);
        return value is not null && value.IsString() ? value.GetString().Trim() : throw Wrong(key, null, "a single value");
    }

    /// <param name="value">What stands there; null where that says nothing.</param>
    public SettingsException Wrong(string key, string? value, string expected) =>
        new($"{placeOf(key)}: {key} has to be {expected}{(value is null ? "" : $", not \"{value}\"")}.");

    static TimeSpan UnitOf(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromHours(1),
    };

    public static string Show(TimeSpan duration) =>
        duration.TotalHours >= 1 ? $"{duration.TotalHours:0.#}h"
        : duration.TotalMinutes >= 1 ? $"{duration.TotalMinutes:0.#}m"
        : duration.TotalSeconds >= 1 ? $"{duration.TotalSeconds:0.#}s"
        : $"{duration.TotalMilliseconds:0}ms";

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationText();
}
