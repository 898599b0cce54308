using System.Collections.Frozen;
using System.Text.Json;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class AdmissionSpecs
{
    static CommandError? Decide(string type, string parameters = "{}", string[]? scopes = null, bool trust = false, bool allowExecute = false)
    {
        var request = CommandRequest.Read(JsonDocument.Parse($$"""{"commandId":"1","type":"{{type}}","parameters":{{parameters}}}""").RootElement);
        var policy = new FakePolicy();
        policy.Programs(allowExecute ? Strictness.Allow : Strictness.Deny);
        return new Admission(policy, new FakePrograms(), trust).Decide(request, scopes?.ToFrozenSet(), 0).Error;
    }

    [Fact]
    public void Every_command_of_the_catalogue_should_need_its_scope()
    {
        foreach (var command in CommandCatalog.All)
        {
            Assert.Equal(ErrorCode.Denied, Decide(command.Name, scopes: [.. Scopes.All.Where(scope => scope != command.Scope && scope != Scopes.NodeCommand)])!.Code);
            Assert.NotEqual(ErrorCode.Denied, Decide(command.Name, scopes: [command.Scope], allowExecute: true)?.Code);
            Assert.NotEqual(ErrorCode.Denied, Decide(command.Name, scopes: [Scopes.NodeCommand], allowExecute: true)?.Code);
        }
    }

    [Fact]
    public void Trusting_the_gateway_should_never_cover_programs()
    {
        Assert.Null(Decide("system.info", trust: true));
        Assert.Equal(ErrorCode.Denied, Decide("system.info")!.Code);
        Assert.Equal(ErrorCode.Denied, Decide("system.execute", """{"command":"true"}""", trust: true, allowExecute: true)!.Code);
    }

    [Fact]
    public void Policy_should_be_named_when_it_refuses()
    {
        var error = Decide("system.execute", """{"command":"true"}""", [Scopes.NodeCommand]);
        Assert.Equal(ErrorCode.Denied, error!.Code);
        Assert.Contains("policy.conf, line 1: system-execute", error.Message, StringComparison.Ordinal);
        Assert.Null(Decide("system.execute", """{"command":"true"}""", [Scopes.NodeCommand], allowExecute: true));
    }

    [Fact]
    public void Caller_without_the_scope_should_learn_nothing_of_parameters() =>
        Assert.Equal(ErrorCode.Denied, Decide("input.mouse.move", """{"x":"nonsense"}""", [Scopes.SystemInfo])!.Code);
}
