using Sophon.Node.Actors.Policy;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Settings;

namespace Sophon.Node.Policy;

/// <summary>A policy.conf as rules. Anything that is not understood is an error with file, line and key: a rule that is misspelt must not be a rule less.</summary>
/// <param name="shown">The file as messages name it.</param>
/// <param name="otherPrograms">What programs get that no rule covers, when the file does not say.</param>
sealed class PolicyReader(string shown, Strictness otherPrograms)
{
    const string Keys = "scopes, commands, arguments, system-execute, programs";

    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    readonly Dictionary<string, ProgramBlock> programs = new(StringComparer.Ordinal);
    readonly List<ArgumentRule> arguments = [];
    (IReadOnlySet<string>, PolicyRule)? scopes;
    PatternList? allowed, denied;
    (Strictness, PolicyRule)? other;

    /// <exception cref="SettingsException">With file, line and key.</exception>
    public PolicyLayer Read(string text)
    {
        foreach (var entry in Outline(text))
        {
            var path = entry.Path.Split('.');
            if (entry.IsObject) CheckBlock(entry, path);
            else if (seen.Add(entry.Path)) ReadValue(entry, path);
            else throw Wrong(entry, $"{entry.Path} is set twice");
        }

        return new PolicyLayer
        {
            File = shown,
            Scopes = scopes,
            AllowedCommands = allowed,
            DeniedCommands = denied,
            Arguments = arguments,
            Programs = [.. programs.Values.Select(block => block.ToRule(shown))],
            OtherPrograms = other ?? (otherPrograms, new PolicyRule(shown, null, $"system-execute = {NameOf(otherPrograms)}")),
        };
    }

    IReadOnlyList<HoconEntry> Outline(string text)
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

    void CheckBlock(HoconEntry entry, string[] path)
    {
        switch (path)
        {
            case ["commands"] or ["arguments", ..] or ["programs"]: break;
            case ["programs", var name]: ProgramOf(name, entry); break;
            case ["scopes"] or ["system-execute"]: throw Wrong(entry, $"{entry.Path} takes a value, not a block");
            default: throw Unknown(entry);
        }
    }

    void ReadValue(HoconEntry entry, string[] path)
    {
        switch (path)
        {
            case ["scopes"]: scopes = (ReadScopes(entry), RuleOf(entry)); break;
            case ["commands", "allow"]: allowed = ReadCommands(entry); break;
            case ["commands", "deny"]: denied = ReadCommands(entry); break;
            case ["arguments", .. var command, var parameter, "allow" or "deny"]: ReadArguments(entry, string.Join('.', command), parameter, path[^1] == "allow"); break;
            case ["system-execute"]:
                var decision = ReadDecision(entry);
                other = (decision, new PolicyRule(shown, entry.Line, $"system-execute = {NameOf(decision)}"));
                break;
            case ["programs", var name, var key]: ReadProgram(ProgramOf(name, entry), key, entry); break;
            default: throw Unknown(entry);
        }
    }

    HashSet<string> ReadScopes(HoconEntry entry)
    {
        var names = ReadList(entry);
        return names.FirstOrDefault(name => !Scopes.All.Contains(name)) is { } unknown
            ? throw Wrong(entry, $"scopes has no \"{unknown}\"; there are: {string.Join(", ", Scopes.All.Order(StringComparer.Ordinal))}")
            : names.ToHashSet(StringComparer.Ordinal);
    }

    PatternList ReadCommands(HoconEntry entry)
    {
        var patterns = ReadPatterns(entry);
        foreach (var pattern in patterns.Patterns)
        {
            if (!CommandCatalog.All.Any(command => pattern.Allows(command.Name))) throw Wrong(entry, $"{entry.Path}: \"{pattern}\" covers no command; docs/commands.md lists them");
        }

        return patterns;
    }

    void ReadArguments(HoconEntry entry, string command, string parameter, bool allow)
    {
        if (CommandCatalog.Find(command) is not { } definition) throw Wrong(entry, $"{entry.Path}: there is no command \"{command}\"");
        if (!definition.Parameters.Any(known => known.Name == parameter))
            throw Wrong(entry, $"{entry.Path}: {command} has no parameter \"{parameter}\"; it takes {string.Join(", ", definition.Parameters.Select(known => known.Name))}");
        arguments.Add(new ArgumentRule(command, parameter, allow, ReadPatterns(entry)));
    }

    void ReadProgram(ProgramBlock block, string key, HoconEntry entry)
    {
        switch (key)
        {
            case "path": block.Paths = ReadPaths(entry); break;
            case "args": block.Arguments = ReadPatterns(entry).Patterns; break;
            case "folders": block.Folders = ReadPatterns(entry).Patterns; break;
            case "env": block.Environment = ReadPatterns(entry).Patterns; break;
            case "stdin": block.Input = ReadSwitch(entry); break;
            case "decision": block.Decision = ReadDecision(entry); break;
            default: throw Wrong(entry, $"unknown key {entry.Path}; a program has: path, args, folders, env, stdin, decision");
        }
    }

    ProgramBlock ProgramOf(string name, HoconEntry entry) =>
        programs.TryGetValue(name, out var block) ? block : programs[name] = new ProgramBlock(name, entry.Line);

    List<Pattern> ReadPaths(HoconEntry entry)
    {
        var paths = Parse(entry).Items.Select(text => new Pattern(text)).ToList();
        return paths.FirstOrDefault(path => !Path.IsPathRooted(path.Text) && !path.Text.StartsWith('*')) is { } relative
            ? throw Wrong(entry, $"{entry.Path}: \"{relative}\" is no full path; a program's name alone could be any file of that name (\"*/{relative}\" covers them all)")
            : paths;
    }

    PatternList ReadPatterns(HoconEntry entry) => new(RuleOf(entry), [.. ReadList(entry).Select(text => new Pattern(text))]);

    IReadOnlyList<string> ReadList(HoconEntry entry) =>
        Parse(entry) is { IsList: true } value ? value.Items : throw Wrong(entry, $"{entry.Path} takes a list: [\"…\", \"…\"]");

    Strictness ReadDecision(HoconEntry entry) => ReadText(entry) switch
    {
        "allow" => Strictness.Allow,
        "ask" => Strictness.Ask,
        "deny" => Strictness.Deny,
        var value => throw Wrong(entry, $"{entry.Path} has to be allow, ask or deny, not \"{value}\""),
    };

    bool ReadSwitch(HoconEntry entry) => ReadText(entry) switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var value => throw Wrong(entry, $"{entry.Path} has to be on or off, not \"{value}\""),
    };

    string ReadText(HoconEntry entry) => Parse(entry) is { IsList: false } value ? value.Items[0] : throw Wrong(entry, $"{entry.Path} takes a single value, not a list");

    HoconValue Parse(HoconEntry entry) => HoconValue.Parse(entry.Value) ?? throw Wrong(entry, $"the value of {entry.Path} is neither a text nor a list of texts");

    PolicyRule RuleOf(HoconEntry entry) => new(shown, entry.Line, entry.Path);

    SettingsException Unknown(HoconEntry entry) => Wrong(entry, $"unknown key {entry.Path}; a policy has: {Keys}");

    SettingsException Wrong(HoconEntry entry, string message) => new($"{shown}, line {entry.Line}: {message}.");

    public static string NameOf(Strictness decision) => decision.ToString().ToLowerInvariant();

    sealed class ProgramBlock(string name, int line)
    {
        public IReadOnlyList<Pattern>? Paths { get; set; }

        public IReadOnlyList<Pattern>? Arguments { get; set; }

        public IReadOnlyList<Pattern>? Folders { get; set; }

        public IReadOnlyList<Pattern>? Environment { get; set; }

        public bool? Input { get; set; }

        public Strictness Decision { get; set; } = Strictness.Allow;

        public ProgramRule ToRule(string file) => Paths is null
            ? throw new SettingsException($"{file}, line {line}: programs.{name} has no path.")
            : new(new PolicyRule(file, line, $"programs.{name}"), Decision, Paths, Arguments, Folders, Environment, Input);
    }
}
