using System.Text.Json;
using Sophon.Gateway.Dashboard.Approvals;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Approvals;

public sealed class ApprovalFactsSpecs
{
    static ApprovalFacts Of(object parameters) => ApprovalFacts.Of(JsonSerializer.SerializeToElement(parameters));

    [Fact]
    public void Everything_that_would_run_should_be_shown()
    {
        var facts = Of(new { command = "make", args = new[] { "all", "" }, workingDirectory = "/srv", env = new Dictionary<string, string?> { ["A"] = "1", ["B"] = null }, stdin = "in\nput", later = 7 });
        Assert.Equal(("make", "/srv", "in\nput"), (facts.Program, facts.Folder, facts.Input));
        Assert.Equal(["all", ""], facts.Arguments);
        Assert.Equal([("A", "1"), ("B", null)], facts.Environment);
        Assert.Equal([("later", "7")], facts.Others);
        Assert.Equal("/usr/bin/xterm", Of(new { path = "/usr/bin/xterm" }).Program);
    }

    [Fact]
    public void Characters_that_hide_or_turn_what_is_read_should_be_visible()
    {
        var facts = Of(new { command = "rm\u202Efdp.exe", args = new[] { "a\u200Bb", "c\nd" }, stdin = "x\ry" });
        Assert.Equal("rm\\u{202E}fdp.exe", facts.Program);
        Assert.Equal(["a\\u{200B}b", "c\\u{A}d"], facts.Arguments);
        Assert.Equal("x\\u{D}y", facts.Input);
    }
}
