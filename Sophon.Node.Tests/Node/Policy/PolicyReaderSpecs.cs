using Sophon.Node.Actors.Policy;
using Sophon.Node.Policy;
using Sophon.Node.Settings;
using Sophon.Node.Tests.Structure;
using Xunit;

namespace Sophon.Node.Tests.Node.Policy;

public sealed class PolicyReaderSpecs
{
    static PolicyLayer Read(string text) => new PolicyReader("policy.conf", Strictness.Ask).Read(text);

    [Theory]
    [InlineData("scops = [system.info]", 1, "scops")]
    [InlineData("\n  commands { forbid = [\"a\"] }", 2, "commands.forbid")]
    [InlineData("scopes = [system.inf]", 1, "system.inf")]
    [InlineData("scopes = system.info", 1, "scopes takes a list")]
    [InlineData("scopes { a = b }", 1, "scopes")]
    [InlineData("commands.deny = \"clipboard.*\"", 1, "commands.deny takes a list")]
    [InlineData("commands.deny = [\"clipbord.*\"]", 1, "clipbord.*")]
    [InlineData("commands.deny = [\"a\" \"b\"]", 1, "commands.deny")]
    [InlineData("commands.deny = [[\"system.*\"]]", 1, "commands.deny")]
    [InlineData("commands.deny = [\"system.*\"]\ncommands { deny = [\"clipboard.*\"] }", 2, "set twice")]
    [InlineData("system-execute = maybe", 1, "maybe")]
    [InlineData("system-execute = [allow]", 1, "system-execute")]
    [InlineData("system-execute = on", 1, "allow, ask or deny")]
    [InlineData("arguments.input.keyboard.hotky.keys.deny = [\"a\"]", 1, "input.keyboard.hotky")]
    [InlineData("arguments.input.keyboard.hotkey.key.deny = [\"a\"]", 1, "no parameter \"key\"")]
    [InlineData("arguments.input.keyboard.hotkey.deny = [\"a\"]", 1, "arguments.input.keyboard.hotkey.deny")]
    [InlineData("programs.git { args = [\"a\"] }", 1, "has no path")]
    [InlineData("programs.git.path = git", 1, "no full path")]
    [InlineData("programs.git { path = /usr/bin/git, arg = [\"a\"] }", 1, "programs.git.arg")]
    [InlineData("programs.git { path = /usr/bin/git, stdin = maybe }", 1, "stdin")]
    [InlineData("programs = [\"a\"]", 1, "programs")]
    [InlineData("commands {", 1, "never closed")]
    [InlineData("commands.deny = [\"a", 1, "never closed")]
    [InlineData("include \"other.conf\"", 1, "include")]
    [InlineData("commands.deny = ${x}", 1, "substitution")]
    public void What_is_not_understood_should_be_refused_with_its_place(string text, int line, string named)
    {
        var error = Assert.Throws<SettingsException>(() => Read(text));
        Assert.StartsWith($"policy.conf, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_should_be_read_as_hocon_writes_them()
    {
        var layer = Read("""
            // both kinds of comments
            commands {
              allow = [
                "system.*",  # quoted
                clipboard.read   # bare
                "input.\u006beyboard.type",
              ]
            }
            programs.x { path = ["/a b/c", /d], args = ["with, comma", "]", "", "quote \"", "**"], decision = deny }
            """);
        Assert.Equal(["system.*", "clipboard.read", "input.keyboard.type"], layer.AllowedCommands!.Patterns.Select(pattern => pattern.Text));
        Assert.Equal(["/a b/c", "/d"], layer.Programs[0].Paths.Select(pattern => pattern.Text));
        Assert.Equal(["with, comma", "]", "", "quote \"", "**"], layer.Programs[0].Arguments!.Select(pattern => pattern.Text));
    }

    [Fact]
    public void Example_of_the_documentation_should_be_valid()
    {
        var text = Repository.Read("docs/permissions.md");
        var blocks = text.Split("```hocon\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Read(block));
    }
}
