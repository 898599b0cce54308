using System.Text.Json;
using Sophon.Gateway.Dashboard.Console;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Console;

public sealed class CommandFormSpecs
{
    static CommandForm Form(string command, params (string Name, string Value)[] typed)
    {
        var form = new CommandForm(CommandCatalog.Find(command)!);
        foreach (var (name, value) in typed) form[name] = value;
        return form;
    }

    static string Json(CommandForm form) => form.Read(out _, out var error, out _) is { } json ? json.GetRawText() : "refused: " + error;

    [Fact]
    public void Untouched_form_should_show_defaults_and_send_nothing()
    {
        var form = Form("screen.capture");
        Assert.Equal("80", form["quality"]);
        Assert.Equal("{}", Json(form));
        form["quality"] = "81";
        Assert.Equal("""{"quality":81}""", Json(form));
        form.Read(out var timeout, out _, out _);
        Assert.Equal(30, timeout);
    }

    [Fact]
    public void Every_command_should_have_a_form_that_reads()
    {
        foreach (var command in CommandCatalog.All)
        {
            var form = new CommandForm(command);
            foreach (var parameter in command.Parameters.Where(parameter => parameter.Required)) form[parameter.Name] = parameter.Type == ParameterType.Integer ? "1" : "a";
            foreach (var group in command.OneOf ?? []) form[group[0]] = "1";
            Assert.NotNull(form.Read(out _, out var error, out _));
            Assert.Null(error);
        }
    }

    [Fact]
    public void Lines_should_be_elements_and_one_line_a_string_where_both_are_taken()
    {
        Assert.Equal("""{"command":"ls","args":["-l","","a b"]}""", Json(Form("system.execute", ("command", "ls"), ("args", "-l\r\n\r\na b\n"))));
        Assert.Equal("""{"keys":"ctrl+t"}""", Json(Form("input.keyboard.hotkey", ("keys", "ctrl+t"))));
        Assert.Equal("""{"keys":["ctrl","t"]}""", Json(Form("input.keyboard.hotkey", ("keys", "ctrl\nt"))));
    }

    [Fact]
    public void Map_should_take_values_with_equals_signs_and_remove_by_name_alone()
    {
        using var json = JsonDocument.Parse(Json(Form("system.execute", ("command", "env"), ("env", "A=b=c\nEMPTY=\nGONE"))));
        var env = json.RootElement.GetProperty("env");
        Assert.Equal(("b=c", "", JsonValueKind.Null), (env.GetProperty("A").GetString(), env.GetProperty("EMPTY").GetString(), env.GetProperty("GONE").ValueKind));
    }

    [Theory]
    [InlineData("quality", "abc")]
    [InlineData("quality", "101")]
    [InlineData("quality", "99999999999999999999999")]
    [InlineData("maxWidth", "1.5")]
    public void Wrong_numbers_should_be_refused_by_name(string parameter, string typed)
    {
        Assert.Null(Form("screen.capture", (parameter, typed)).Read(out _, out var error, out var wrong));
        Assert.Equal(parameter, wrong);
        Assert.Contains("it takes a whole number", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("121")]
    [InlineData("soon")]
    [InlineData("")]
    public void Wrong_timeout_should_be_refused(string typed)
    {
        var form = Form("screen.capture");
        form.Timeout = typed;
        Assert.Null(form.Read(out _, out var error, out var wrong));
        Assert.Equal((CommandForm.TimeoutName, true), (wrong, error!.Contains("1 to 120", StringComparison.Ordinal)));
    }

    [Fact]
    public void Empty_text_should_be_sent_where_it_has_to_be_given_and_may_be_empty()
    {
        Assert.Equal("""{"title":"Hello","message":""}""", Json(Form("notify.show", ("title", "Hello"))));
        Assert.StartsWith("refused: title is missing", Json(Form("notify.show")), StringComparison.Ordinal);
    }
}
