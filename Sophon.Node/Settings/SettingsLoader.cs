using Akka.Configuration;
using Sophon.Node.Files;

namespace Sophon.Node.Settings;

/// <summary>Lays the files over each other: node.conf over console.conf or service.conf over akka.conf and reference.conf.</summary>
static class SettingsLoader
{
    const string Akka = "akka";

    /// <exception cref="SettingsException">node.conf can't be used.</exception>
    public static ProgramSettings Load(NodeHome home, RunMode mode)
    {
        var shown = NodeHome.Show(home.NodeConf);
        return Load(ReadFile(home.NodeConf, shown), shown, mode);
    }

    /// <param name="nodeConf">The text of node.conf; null when there is none.</param>
    /// <param name="shown">The file as messages name it.</param>
    /// <param name="mode">Which overlay lies between node.conf and the defaults.</param>
    public static ProgramSettings Load(string? nodeConf, string shown, RunMode mode)
    {
        var defaults = EmbeddedConfig.Parse("reference.conf");
        var lines = nodeConf is null ? [] : CheckKeys(nodeConf, shown, KeysOf(defaults));
        var config = EmbeddedConfig.Parse(mode == RunMode.Service ? "service.conf" : "console.conf")
            .WithFallback(EmbeddedConfig.Parse("akka.conf"))
            .WithFallback(defaults);
        if (nodeConf is not null) config = ParseChecked(nodeConf, shown).WithFallback(config);

        var values = new SettingValues(config, key => lines.TryGetValue(key, out var line) ? $"{shown}, line {line}" : shown);
        var node = NodeSettingsReader.ReadNode(values);
        if (node.Gateway.ServerTimeout <= node.Gateway.KeepAliveInterval)
            throw values.Wrong($"{NodeSettingsReader.Root}.gateway.server-timeout", null, "longer than keep-alive-interval");
        return new(node, NodeSettingsReader.ReadLog(values), NodeSettingsReader.ReadDesktop(values), config);
    }

    /// <summary>The dotted path of every value.</summary>
    public static IReadOnlySet<string> KeysOf(Config config)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        Collect(config.Root, "");
        return keys;

        void Collect(global::Akka.Configuration.Hocon.HoconValue value, string path)
        {
            if (!value.IsObject()) keys.Add(path);
            else foreach (var (name, child) in value.GetObject().Items) Collect(child, path.Length == 0 ? name : $"{path}.{name}");
        }
    }

    static string? ReadFile(string path, string shown)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{shown} can't be read: {error.Message}");
        }
    }

    // What Akka's own settings are called is Akka's business: they are passed on as they are.
    static Dictionary<string, int> CheckKeys(string text, string shown, IReadOnlySet<string> known)
    {
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (var entry in Outline(text, shown))
        {
            if (entry.Path == Akka || entry.Path.StartsWith(Akka + ".", StringComparison.Ordinal)) continue;
            var isSection = known.Any(key => key.StartsWith(entry.Path + ".", StringComparison.Ordinal));
            if (known.Contains(entry.Path) && !entry.IsObject) lines[entry.Path] = entry.Line;
            else if (known.Contains(entry.Path)) throw new SettingsException($"{shown}, line {entry.Line}: {entry.Path} takes a single value, not a block.");
            else if (isSection && !entry.IsObject) throw new SettingsException($"{shown}, line {entry.Line}: {entry.Path} is a block: write {entry.Path} {{ … }}.");
            else if (!isSection) throw new SettingsException($"{shown}, line {entry.Line}: unknown setting {entry.Path}. {Suggestion(entry.Path, known)}");
        }

        return lines;
    }

    static IReadOnlyList<HoconEntry> Outline(string text, string shown)
    {
        try
        {
            return HoconOutline.Read(text);
        }
        catch (HoconException error)
        {
            throw new SettingsException($"{shown}, line {error.Line}: {error.Message}.");
        }
    }

    static Config ParseChecked(string text, string shown)
    {
        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception error)
        {
            // Akka's parser throws whatever comes: NullReferenceException for an include, FormatException for the rest.
            throw new SettingsException($"{shown}: this is not valid HOCON: {error.Message}");
        }
    }

    static string Suggestion(string path, IReadOnlySet<string> known)
    {
        for (var section = path; section.Contains('.', StringComparison.Ordinal);)
        {
            section = section[..section.LastIndexOf('.')];
            var inside = known.Where(key => key.StartsWith(section + ".", StringComparison.Ordinal))
                .Select(key => key[(section.Length + 1)..].Split('.')[0]).Distinct().Order(StringComparer.Ordinal).ToList();
            if (inside.Count > 0) return $"{section} has: {string.Join(", ", inside)}.";
        }

        return $"Settings of the Node stand under {NodeSettingsReader.Root}, those of Akka under {Akka}.";
    }
}
