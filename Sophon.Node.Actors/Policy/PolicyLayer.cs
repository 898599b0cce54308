using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.Policy;

/// <summary>What one policy.conf says: the user's, or the administrator's beneath it.</summary>
public sealed record PolicyLayer
{
    /// <summary>As a person knows it.</summary>
    public required string File { get; init; }

    /// <summary>What programs get that no rule covers.</summary>
    public required (Strictness Decision, PolicyRule Rule) OtherPrograms { get; init; }

    /// <summary>Null: as the Gateway grants.</summary>
    public (IReadOnlySet<string> Scopes, PolicyRule Rule)? Scopes { get; init; }

    public PatternList? AllowedCommands { get; init; }

    public PatternList? DeniedCommands { get; init; }

    public IReadOnlyList<ArgumentRule> Arguments { get; init; } = [];

    public IReadOnlyList<ProgramRule> Programs { get; init; } = [];

    /// <summary>The user's policy when there is no file: programs need the person's consent, nothing else is restricted.</summary>
    public static PolicyLayer UserDefault(string file) => new() { File = file, OtherPrograms = (Strictness.Ask, new PolicyRule(file, null, "system-execute = ask")) };

    /// <param name="program">Located; null when the command starts none.</param>
    public PolicyVerdict Decide(CommandDefinition definition, CommandArguments arguments, ProgramCall? program)
    {
        if (DecideByName(definition) is { Strictness: Strictness.Deny } denied) return denied;
        foreach (var rule in Arguments.Where(rule => rule.Command == definition.Name))
        {
            if (rule.WhyForbidden(definition, arguments) is { } why) return Deny(rule.Patterns.Rule, why);
        }

        return program is null ? PolicyVerdict.Allowed : DecideProgram(program);
    }

    /// <summary>What scopes and patterns over the command's name say.</summary>
    public PolicyVerdict DecideByName(CommandDefinition definition)
    {
        if (Scopes is { } scopes && !Protocol.Commands.Scopes.Grants(scopes.Scopes, definition.Scope))
            return Deny(scopes.Rule, $"the scope {definition.Scope} is not among its scopes");
        if (DeniedCommands is { } denied && denied.FirstForbidding(definition.Name) is { } forbidding) return Deny(denied.Rule, $"\"{forbidding}\" covers {definition.Name}");
        return AllowedCommands is { } allowed && !allowed.Allows(definition.Name) ? Deny(allowed.Rule, $"it does not list {definition.Name}") : PolicyVerdict.Allowed;
    }

    PolicyVerdict DecideProgram(ProgramCall program)
    {
        var covering = Programs.Where(rule => rule.Covers(program)).MaxBy(rule => rule.Decision);
        var (decision, rule) = covering is null ? OtherPrograms : (covering.Decision, covering.Rule);
        return decision == Strictness.Allow ? PolicyVerdict.Allowed : new(decision, rule, $"{program.Command} of {ShownText.Short(program.Program)}");
    }

    static PolicyVerdict Deny(PolicyRule rule, string because) => new(Strictness.Deny, rule, because);
}

/// <param name="Rule">Where the list stands.</param>
public sealed record PatternList(PolicyRule Rule, IReadOnlyList<Pattern> Patterns)
{
    public bool Allows(string text) => Patterns.Any(pattern => pattern.Allows(text));

    public Pattern? FirstForbidding(string text) => Patterns.FirstOrDefault(pattern => pattern.Forbids(text));
}

/// <summary>A list of <c>arguments { COMMAND { PARAMETER { allow｜deny } } }</c>.</summary>
/// <param name="Allow">An allow list wants the parameter to be there, and each of its elements to match; a deny list none to match.</param>
public sealed record ArgumentRule(string Command, string Parameter, bool Allow, PatternList Patterns)
{
    /// <summary>Null when it is not. The value itself is not repeated: it may be secret.</summary>
    public string? WhyForbidden(CommandDefinition definition, CommandArguments arguments)
    {
        var texts = ArgumentTexts.Of(definition.Parameters.Single(parameter => parameter.Name == Parameter), arguments);
        if (!Allow)
        {
            var hit = texts.SelectMany(spellings => spellings).Select(Patterns.FirstForbidding).FirstOrDefault(pattern => pattern is not null);
            return hit is null ? null : $"\"{hit}\" covers {Parameter}";
        }

        if (texts.Count == 0) return $"it wants {Parameter} to be given";
        return texts.All(spellings => Patterns.Allows(spellings[^1])) ? null : $"it does not list this value of {Parameter}";
    }
}
