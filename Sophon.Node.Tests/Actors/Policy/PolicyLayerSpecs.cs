using Sophon.Node.Actors.Policy;
using Xunit;
using static Sophon.Node.Tests.Actors.Policy.Policies;

namespace Sophon.Node.Tests.Actors.Policy;

public sealed class PolicyLayerSpecs
{
    const string Git = """
        programs {
          git { path = /usr/bin/git, args = ["status", "**"], folders = ["/srv/*"], env = ["LC_*"] }
          cat { path = /usr/bin/cat, args = ["-"], stdin = on }
        }
        """;

    [Theory]
    [InlineData("", "clipboard.read", Strictness.Allow)]
    [InlineData("commands.deny = [\"clipboard.*\"]", "clipboard.read", Strictness.Deny)]
    [InlineData("commands.deny = [\"clipboard.*\"]", "system.info", Strictness.Allow)]
    [InlineData("commands.allow = [\"system.*\"]", "system.info", Strictness.Allow)]
    [InlineData("commands.allow = [\"system.*\"]", "clipboard.read", Strictness.Deny)]
    [InlineData("commands.allow = [\"*\"]\ncommands.deny = [\"system.info\"]", "system.info", Strictness.Deny)]
    [InlineData("scopes = [system.info]", "system.info", Strictness.Allow)]
    [InlineData("scopes = [system.info]", "clipboard.read", Strictness.Deny)]
    [InlineData("scopes = [node.command]", "clipboard.read", Strictness.Allow)]
    [InlineData("scopes = []", "system.info", Strictness.Deny)]
    public void Commands_should_be_decided_by_scope_and_name(string policy, string type, Strictness expected) => Assert.Equal(expected, User(policy).Decide(type).Strictness);

    [Theory]
    [InlineData("deny = [\"alt+f4\"]", "Alt+F4", Strictness.Deny)]
    [InlineData("deny = [\"alt+f4\"]", "alt+f5", Strictness.Allow)]
    [InlineData("deny = [\"super+*\"]", "cmd+l", Strictness.Deny)]
    [InlineData("deny = [\"ctrl+alt+*\"]", "alt+ctrl+t", Strictness.Deny)]
    [InlineData("allow = [\"ctrl+c\", \"ctrl+v\"]", "CTRL+C", Strictness.Allow)]
    [InlineData("allow = [\"ctrl+c\", \"ctrl+v\"]", "ctrl+x", Strictness.Deny)]
    public void Chords_should_be_one_however_they_are_written(string rule, string keys, Strictness expected)
    {
        var layer = User($"arguments.input.keyboard.hotkey.keys {{ {rule} }}");
        Assert.Equal(expected, layer.Decide("input.keyboard.hotkey", new { keys }).Strictness);
        Assert.Equal(expected, layer.Decide("input.keyboard.hotkey", new { keys = keys.Split('+') }).Strictness);
    }

    [Fact]
    public void Allow_list_of_a_parameter_should_not_be_got_around_by_another_parameter()
    {
        var layer = User("arguments { \"window.move\" { title { allow = [\"*Editor*\"] } } }");
        Assert.Equal(Strictness.Allow, layer.Decide("window.move", new { title = "My Editor", x = 0, y = 0 }).Strictness);
        Assert.Equal(Strictness.Deny, layer.Decide("window.move", new { id = "0x1", x = 0, y = 0 }).Strictness);
    }

    [Fact]
    public void Every_element_should_be_looked_at()
    {
        var layer = User("arguments.system.execute { args.deny = [\"*secret*\"], env.deny = [\"LD_*\"] }\nsystem-execute = allow");
        Assert.Equal(Strictness.Allow, layer.Decide("system.execute", new { command = "cat", args = new[] { "a", "b" } }).Strictness);
        Assert.Equal(Strictness.Deny, layer.Decide("system.execute", new { command = "cat", args = new[] { "a", "/SECRET/b" } }).Strictness);
        Assert.Equal(Strictness.Deny, layer.Decide("system.execute", new { command = "cat", env = new { LD_PRELOAD = "x" } }).Strictness);
    }

    [Fact]
    public void Refusal_should_name_file_line_and_rule()
    {
        var verdict = User("\n\ncommands {\n  deny = [\"clipboard.*\"]\n}").Decide("clipboard.read");
        Assert.Equal("policy.conf, line 4: commands.deny", verdict.Rule!.ToString());
        Assert.Contains("\"clipboard.*\"", verdict.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_that_is_allowed_should_be_allowed_as_described_and_no_wider()
    {
        var layer = User(Git);
        Assert.Equal(Strictness.Allow, layer.Decide("system.execute", new { command = "git", args = new[] { "status" }, workingDirectory = "/srv/x" }).Strictness);
        Assert.Equal(Strictness.Allow, layer.Decide("system.execute", new { command = "git", args = new[] { "status", "-s", "." }, env = new { LC_ALL = "C" } }).Strictness);
        Assert.Equal(Strictness.Allow, layer.Decide("system.execute", new { command = "cat", args = new[] { "-" }, stdin = "x" }).Strictness);
        Assert.Equal(Strictness.Allow, layer.Decide("app.launch", new { path = "/usr/bin/git", args = new[] { "status" } }).Strictness);
        object[] wider =
        [
            new { command = "git" },
            new { command = "git", args = new[] { "push" } },
            new { command = "git", args = new[] { "STATUS" } },
            new { command = "git", args = new[] { "status" }, workingDirectory = "/home/x" },
            new { command = "git", args = new[] { "status" }, workingDirectory = "/srv/../home/x" },
            new { command = "git", args = new[] { "status" }, env = new { GIT_EXTERNAL_DIFF = "/tmp/x" } },
            new { command = "git", args = new[] { "status" }, env = new { PATH = "/tmp" } },
            new { command = "git", args = new[] { "status" }, stdin = "x" },
            new { command = "/tmp/git", args = new[] { "status" } },
            new { command = "cat", args = new[] { "-", "/etc/passwd" }, stdin = "x" },
            new { command = "true" },
        ];
        foreach (var parameters in wider) Assert.Equal(Strictness.Ask, layer.Decide("system.execute", parameters).Strictness);
    }

    [Fact]
    public void Program_that_is_forbidden_should_be_forbidden_under_each_of_its_names()
    {
        var layer = User("system-execute = allow\nprograms.shells { path = [\"/bin/*sh\", \"/usr/bin/*sh\"], decision = deny }");
        var call = new ProgramCall("system.execute", "x", [], null, new Dictionary<string, string?>(), null) { FullPath = "/tmp/x", RealPath = "/usr/bin/dash" };
        var (definition, arguments, _) = Command("system.execute", new { command = "x" });
        Assert.Equal(Strictness.Deny, layer.Decide(definition, arguments, call).Strictness);
        Assert.Equal(Strictness.Allow, layer.Decide(definition, arguments, call with { RealPath = "/usr/bin/true" }).Strictness);

        // A link of the caller's own borrows no permission either.
        var allowing = User("programs.dash { path = /usr/bin/dash }");
        Assert.Equal(Strictness.Ask, allowing.Decide(definition, arguments, call).Strictness);
    }

    [Fact]
    public void Strictest_of_the_rules_that_cover_a_program_should_decide()
    {
        var layer = User("system-execute = deny\nprograms { all { path = \"/usr/bin/*\", args = [\"**\"] }, rm { path = \"*/rm\", decision = deny }, cp { path = \"*/cp\", decision = ask } }");
        Assert.Equal(Strictness.Allow, layer.Decide("system.execute", new { command = "ls" }).Strictness);
        Assert.Equal(Strictness.Deny, layer.Decide("system.execute", new { command = "rm" }).Strictness);
        Assert.Equal(Strictness.Ask, layer.Decide("system.execute", new { command = "cp" }).Strictness);
        Assert.Equal(Strictness.Deny, layer.Decide("system.execute", new { command = "/opt/x" }).Strictness);
    }
}
