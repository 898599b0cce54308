using System.Text.Json;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Policy;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.Policy;

/// <summary>Policies from their text, and commands to hold against them.</summary>
static class Policies
{
    public static PolicyLayer User(string text) => new PolicyReader("policy.conf", Strictness.Ask).Read(text);

    public static PolicyLayer Administrator(string text) => new PolicyReader("/etc/policy.conf", Strictness.Allow).Read(text);

    public static PolicyVerdict Decide(this PolicyLayer layer, string type, object? parameters = null)
    {
        var (definition, arguments, program) = Command(type, parameters);
        return layer.Decide(definition, arguments, program);
    }

    public static (CommandDefinition Definition, CommandArguments Arguments, ProgramCall? Program) Command(string type, object? parameters = null)
    {
        var definition = CommandCatalog.Find(type)!;
        Assert.True(ParameterValidator.TryRead(definition, JsonSerializer.SerializeToElement(parameters ?? new { }), out var arguments, out var error), error?.Message);
        return (definition, arguments!, ProgramCall.Of(definition, arguments!)?.Located(new FakePrograms()));
    }

    public static ProgramCall Call(
        string program, string[]? args = null, string? folder = null, Dictionary<string, string?>? env = null, string? stdin = null) =>
        Command("system.execute", Parameters(program, args, folder, env, stdin)).Program!;

    static Dictionary<string, object> Parameters(string program, string[]? args, string? folder, Dictionary<string, string?>? env, string? stdin)
    {
        var parameters = new Dictionary<string, object> { ["command"] = program };
        if (args is not null) parameters["args"] = args;
        if (folder is not null) parameters["workingDirectory"] = folder;
        if (env is not null) parameters["env"] = env;
        if (stdin is not null) parameters["stdin"] = stdin;
        return parameters;
    }
}
