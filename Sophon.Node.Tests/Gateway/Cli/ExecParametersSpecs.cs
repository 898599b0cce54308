using Sophon.Gateway.Cli;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Cli;

public class ExecParametersSpecs
{
    [Theory]
    [InlineData("screen.capture", """{"quality":90}""", "quality=90")]
    [InlineData("screen.capture", """{"quality":"high"}""", "quality=high")]
    [InlineData("input.mouse.click", """{"x":-5,"y":2,"doubleClick":true}""", "x=-5", "y=2", "doubleClick=true")]
    [InlineData("input.keyboard.type", """{"text":"a=b"}""", "text=a=b")]
    [InlineData("input.keyboard.type", """{"text":"5"}""", "text=5")]
    [InlineData("input.keyboard.hotkey", """{"keys":"ctrl\u002Bt"}""", "keys=ctrl+t")]
    [InlineData("input.keyboard.hotkey", """{"keys":["ctrl","t"]}""", "keys=ctrl", "keys=t")]
    [InlineData("system.execute", """{"command":"ls","args":["-l"],"env":{"A":"1","B":"2"}}""", "command=ls", "args=-l", "env=A=1", "env=B=2")]
    [InlineData("later.command", """{"x":"1"}""", "x=1")]
    public void Pairs_should_become_what_the_catalogue_says(string type, string json, params string[] pairs) =>
        Assert.Equal(json, ExecParameters.Read(type, pairs, null).ToJsonString());

    [Fact]
    public void Json_should_be_taken_and_pairs_win() =>
        Assert.Equal("""{"x":1,"y":3}""", ExecParameters.Read("input.mouse.move", ["y=3"], """{"x":1,"y":2}""").ToJsonString());

    [Theory]
    [InlineData(null, "x")]
    [InlineData(null, "=1")]
    [InlineData(null, "x=1", "x=2")]
    [InlineData("[1]")]
    [InlineData("{")]
    public void What_can_not_be_read_should_be_a_usage_error(string? json, params string[] pairs) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => ExecParameters.Read("input.mouse.move", pairs, json)).ExitCode);
}
