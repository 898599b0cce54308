using Sophon.Node.Actors.CommandRouter.Consent;
using Xunit;
using static Sophon.Node.Tests.Actors.Policy.Policies;

namespace Sophon.Node.Tests.Actors.CommandRouter.Consent;

public sealed class ConsentTextSpecs
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Everything_that_decides_should_be_shown()
    {
        var call = Call("git", ["push", "a b\nFolder: \"/safe\""], "/srv/x", new() { ["LD_PRELOAD"] = "/tmp/x.so", ["HOME"] = null }, "secret input");
        var text = ConsentText.For(call, null, true, Minute).Text;
        foreach (var line in new[]
        {
            "Command: system.execute", "Program: \"git\"", "  found at \"/usr/bin/git\"", "Folder: \"/srv/x\"", "Arguments: 2", "  1: \"push\"",
            "  2: \"a b\\nFolder: \\\"/safe\\\"\"", "Environment: 2", "  \"HOME\" is removed", "  \"LD_PRELOAD\" = \"/tmp/x.so\"", "Input: \"secret input\"",
            $"SHA-256 of all this: {call.Digest()}",
        })
        {
            Assert.Contains(line, text.Split('\n'));
        }
    }

    [Fact]
    public void Long_things_should_be_shortened_with_length_and_hash()
    {
        var call = Call("git", [new string('x', 5_000), .. Enumerable.Range(0, 900).Select(number => $"{number}")], stdin: new string('y', 500_000));
        var question = ConsentText.For(call, null, true, Minute);
        Assert.Contains("(5,000 characters, SHA-256 ", question.Text, StringComparison.Ordinal);
        Assert.Contains("… and 801 more (", question.Text, StringComparison.Ordinal);
        Assert.Contains("(500,000 characters, SHA-256 ", question.Text, StringComparison.Ordinal);
        Assert.InRange(question.Text.Length, 1_000, 60_000);
        Assert.InRange(question.BriefText.Length, 500, 4_000);
    }

    [Fact]
    public void Brief_text_should_hold_no_value_of_environment_and_input()
    {
        var text = ConsentText.For(Call("git", env: new() { ["TOKEN"] = "canary-in-env" }, stdin: "canary-in-stdin"), null, true, Minute).BriefText;
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.Contains("TOKEN", text, StringComparison.Ordinal);
    }
}
