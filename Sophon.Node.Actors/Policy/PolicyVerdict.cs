namespace Sophon.Node.Actors.Policy;

/// <summary>What a policy says, from the widest to the strictest: the greater one wins.</summary>
public enum Strictness { Allow, Ask, Deny }

/// <summary>The rule that decided.</summary>
/// <param name="File">As a person knows it: <c>~/.sophon-node/policy.conf</c>.</param>
/// <param name="Line">From 1; null when the rule is a default that stands in no file.</param>
/// <param name="Name">E.g. <c>commands.deny</c> or <c>programs.git</c>.</param>
public sealed record PolicyRule(string File, int? Line, string Name)
{
    public override string ToString() => Line is { } line ? $"{File}, line {line}: {Name}" : $"{File}: {Name} (the default)";
}

/// <param name="Rule">Null when nothing restricts it.</param>
/// <param name="Because">What the rule holds against it, for a person; null when nothing.</param>
public sealed record PolicyVerdict(Strictness Strictness, PolicyRule? Rule = null, string? Because = null)
{
    public static readonly PolicyVerdict Allowed = new(Strictness.Allow);

    /// <summary>The stricter of two; of equal ones <paramref name="first"/>.</summary>
    public static PolicyVerdict Stricter(PolicyVerdict first, PolicyVerdict second) => second.Strictness > first.Strictness ? second : first;
}
