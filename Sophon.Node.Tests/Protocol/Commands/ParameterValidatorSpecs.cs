using System.Text.Json;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Protocol.Commands;

public sealed class ParameterValidatorSpecs
{
    static (CommandArguments? Arguments, CommandError? Error) Read(string command, string json)
    {
        ParameterValidator.TryRead(CommandCatalog.Find(command)!, JsonDocument.Parse(json).RootElement, out var arguments, out var error);
        return (arguments, error);
    }

    [Theory]
    [InlineData("screen.capture", """{"quality":0}""", "quality")]
    [InlineData("screen.capture", """{"quality":101}""", "quality")]
    [InlineData("screen.capture", """{"quality":80.5}""", "quality")]
    [InlineData("screen.capture", """{"quality":"80"}""", "quality")]
    [InlineData("screen.capture", """{"quality":99999999999}""", "quality")]
    [InlineData("screen.capture", """{"maxWidth":0}""", "maxWidth")]
    [InlineData("screen.capture", """{"colour":"red"}""", "colour")]
    [InlineData("screen.capture", """{"quality":80,"quality":80}""", "quality")]
    [InlineData("screen.capture", """[]""", "parameters")]
    [InlineData("screen.region", """{"x":0,"y":0,"width":10}""", "height")]
    [InlineData("input.mouse.click", """{"x":1,"y":1,"button":"fourth"}""", "button")]
    [InlineData("input.mouse.click", """{"x":1,"y":1,"doubleClick":1}""", "doubleClick")]
    [InlineData("input.mouse.move", """{"x":null,"y":1}""", "x")]
    [InlineData("input.keyboard.type", """{"text":"\ud800"}""", "text")]
    [InlineData("input.keyboard.hotkey", """{"keys":[1]}""", "keys")]
    [InlineData("window.move", """{"x":1,"y":1}""", "id")]
    [InlineData("window.move", """{"x":1,"y":1,"id":"1","title":"a"}""", "id")]
    [InlineData("system.execute", """{"command":"a","env":{"A=B":"c"}}""", "env")]
    public void Bad_parameter_should_be_named(string command, string json, string parameter)
    {
        var (arguments, error) = Read(command, json);
        Assert.Null(arguments);
        Assert.Equal(ErrorCode.InvalidArgument, error!.Code);
        Assert.Equal(parameter, error.Detail!.Value.GetProperty("parameter").GetString());
        Assert.Contains(parameter, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_parameters_should_have_their_defaults()
    {
        var arguments = Read("input.mouse.click", """{"x":1,"y":2}""").Arguments!;
        Assert.Equal((1, 2, "left", false), (arguments.Integer("x"), arguments.Integer("y"), arguments.Text("button"), arguments.Boolean("doubleClick")));
        Assert.Equal(80, Read("screen.capture", """{"quality":null}""").Arguments!.Integer("quality"));
        Assert.Equal(80, Read("screen.capture", """{"quality":80.0}""").Arguments!.Integer("quality"));
    }

    [Fact]
    public void Value_of_a_sensitive_command_should_not_be_shown()
    {
        var error = Read("clipboard.write", """{"text":["canary"]}""").Error!;
        Assert.DoesNotContain("canary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_of_every_parameter_should_be_a_value_it_takes()
    {
        foreach (var (command, parameter) in CommandCatalog.All.SelectMany(command => command.Parameters.Select(parameter => (command, parameter))))
        {
            if (parameter.Default is null) continue;
            var json = JsonSerializer.SerializeToElement(parameter.Default);
            Assert.True(ParameterReader.TryRead(parameter, json, out _), $"{command.Name} {parameter.Name}");
        }
    }
}
