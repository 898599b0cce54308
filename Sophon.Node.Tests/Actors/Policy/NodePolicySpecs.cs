using FsCheck;
using FsCheck.Fluent;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Protocol.Commands;
using Xunit;
using static Sophon.Node.Tests.Actors.Policy.Policies;

namespace Sophon.Node.Tests.Actors.Policy;

/// <summary>Policies and commands of all sorts: the stricter side wins, always.</summary>
public sealed class NodePolicySpecs
{
    static readonly Gen<string> Decisions = Gen.Elements("allow", "ask", "deny");

    static readonly Gen<string> Names = Gen.Elements("clipboard.*", "system.*", "*.read", "*", "input.keyboard.*", "app.launch");

    static readonly Gen<string> Lines = Gen.OneOf(
        Names.Select(name => $"commands.deny = [\"{name}\"]"),
        Names.Select(name => $"commands.allow = [\"{name}\"]"),
        Gen.SubListOf(Scopes.All.ToArray()).Select(scopes => $"scopes = [{string.Join(", ", scopes)}]"),
        Decisions.Select(decision => $"system-execute = {decision}"),
        Gen.Elements("a", "*", "b").Two().Select(pair => $"arguments.system.execute.args {{ allow = [\"{pair.Item1}\"], deny = [\"{pair.Item2}x\"] }}"),
        Gen.Zip(Gen.Elements("git", "rm", "*"), Decisions).Select(pair => $"programs.p{(int)pair.Item1[0]} {{ path = \"/usr/bin/{pair.Item1}\", decision = {pair.Item2}, args = [\"**\"] }}"));

    /// <summary>Each kind of line at most once: a key that is set twice is an error.</summary>
    static readonly Gen<string> Texts = Lines.ListOf(4).Select(lines => string.Join('\n', lines.DistinctBy(line => line.Split(' ')[0])));

    static readonly (string Type, object Parameters)[] Commands =
    [
        ("clipboard.read", new { }),
        ("system.info", new { }),
        ("input.keyboard.press", new { keys = "a" }),
        ("app.launch", new { name = "xterm" }),
        ("app.launch", new { path = "/usr/bin/git" }),
        ("system.execute", new { command = "git", args = new[] { "a" } }),
        ("system.execute", new { command = "rm", args = new[] { "ax" } }),
        ("system.execute", new { command = "/tmp/x" }),
    ];

    static readonly Gen<(string Administrator, string User, (string Type, object Parameters) Command, bool Grant)> Cases =
        from administrator in Texts
        from user in Texts
        from command in Gen.Elements(Commands)
        from grant in Gen.Elements(true, false)
        select (administrator, user, command, grant);

    static void Holds(Func<NodePolicy, CommandDefinition, CommandArguments, ProgramCall?, bool, bool> property) => Prop.ForAll(
        Cases.ToArbitrary(),
        given =>
        {
            var (definition, arguments, program) = Command(given.Command.Type, given.Command.Parameters);
            return property(new NodePolicy(Administrator(given.Administrator), User(given.User)), definition, arguments, program, given.Grant);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Verdict_should_never_be_wider_than_the_administrators() => Holds((policy, definition, arguments, program, grant) =>
        policy.Decide(definition, arguments, program, _ => grant).Strictness >= policy.Administrator!.Decide(definition, arguments, program).Strictness);

    [Fact]
    public void Grant_should_move_the_users_ask_and_nothing_else() => Holds((policy, definition, arguments, program, _) =>
    {
        var without = policy.Decide(definition, arguments, program, _ => false).Strictness;
        var with = policy.Decide(definition, arguments, program, _ => true).Strictness;
        var user = policy.User.Decide(definition, arguments, program).Strictness;
        return with == without || (user == Strictness.Ask && without == Strictness.Ask && with == Strictness.Allow);
    });

    [Fact]
    public void Verdict_without_a_grant_should_be_the_stricter_of_the_two() => Holds((policy, definition, arguments, program, _) =>
    {
        var (administrator, user) = (policy.Administrator!.Decide(definition, arguments, program).Strictness, policy.User.Decide(definition, arguments, program).Strictness);
        return policy.Decide(definition, arguments, program, _ => false).Strictness == (administrator > user ? administrator : user);
    });

    [Fact]
    public void Verdict_should_name_its_rule_unless_it_allows() => Holds((policy, definition, arguments, program, grant) =>
        policy.Decide(definition, arguments, program, _ => grant) is { } verdict && (verdict.Strictness == Strictness.Allow || verdict is { Rule: not null, Because: not null }));

    [Fact]
    public void Another_deny_should_never_widen() => Prop.ForAll(
        Gen.Zip(Cases, Names).ToArbitrary(),
        pair =>
        {
            var (given, name) = pair;
            var (definition, arguments, program) = Command(given.Command.Type, given.Command.Parameters);
            var before = User(given.User);
            var more = before with { DeniedCommands = new PatternList(new PolicyRule("f", 1, "r"), [.. before.DeniedCommands?.Patterns ?? [], new Pattern(name)]) };
            return more.Decide(definition, arguments, program).Strictness >= before.Decide(definition, arguments, program).Strictness;
        }).QuickCheckThrowOnFailure();
}
