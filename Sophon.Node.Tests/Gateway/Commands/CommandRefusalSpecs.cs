using System.Text;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Commands;

/// <summary>What never gets in: a typed problem at once, and nothing in the history.</summary>
public class CommandRefusalSpecs
{
    [Theory]
    [InlineData("""{"type":"screen.explode"}""", 400, "unknownCommand", "screen.capture")]
    [InlineData("""{"type":""}""", 400, "invalidArgument", "type")]
    [InlineData("""{}""", 400, "invalidArgument", "type")]
    [InlineData("""{"type":5}""", 400, "invalidArgument", "$.type")]
    [InlineData("""{"type":"screen.capture","parameters":{"quality":101}}""", 400, "invalidArgument", "1 to 100")]
    [InlineData("""{"type":"screen.capture","parameters":{"bogus":1}}""", 400, "invalidArgument", "bogus")]
    [InlineData("""{"type":"screen.capture","parameters":[]}""", 400, "invalidArgument", "object")]
    [InlineData("""{"type":"input.mouse.move","parameters":{"x":1}}""", 400, "invalidArgument", "y is missing")]
    [InlineData("""{"type":"system.info","timeoutSeconds":121}""", 400, "invalidArgument", "1 to 120")]
    [InlineData("""{"type":"system.info","timeoutSeconds":0}""", 400, "invalidArgument", "1 to 120")]
    [InlineData("""{"type":"system.info","commandId":"a/b"}""", 400, "invalidArgument", "commandId")]
    [InlineData("""{"type":"system.info","commandId":"abc\n"}""", 400, "invalidArgument", "commandId")]
    [InlineData("""{"type":"clipboard.read"}""", 403, "denied", "clipboard.access")]
    [InlineData("""{"type":"system.info"}""", 409, "nodeOffline", "offline")]
    public async Task Command_should_be_refused_with_the_code_and_the_thing(string body, int status, string code, string mentions)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var token = await gateway.PairAsync("system.info", "screen.capture", "input.control");

        var response = gateway.Admin.PostAsync($"api/nodes/{token.NodeId}/commands", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(code, await response.ProblemAsync(status));
        Assert.Contains(mentions, await (await response).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var history = await gateway.Admin.GetAsync($"api/nodes/{token.NodeId}/commands").JsonAsync();
        Assert.Empty(history["items"]!.AsArray());
        Assert.Equal(0, (int)(await gateway.NodeAsync(token.NodeId))["openCommands"]!);
    }

    [Fact]
    public async Task Denied_command_should_name_the_scope_as_a_member()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var token = await gateway.PairAsync("system.info");
        Assert.Equal("clipboard.access", (string?)(await gateway.PostCommandAsync(token.NodeId, "clipboard.read").JsonAsync())["scope"]);
    }

    [Fact]
    public async Task Unknown_node_unapproved_node_and_unknown_command_should_say_so()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        Assert.Equal("notFound", await gateway.PostCommandAsync("nobody", "system.info").ProblemAsync(404));
        Assert.Equal("nodeNotApproved", await gateway.PostCommandAsync((await gateway.RegisterAsync()).NodeId, "system.info").ProblemAsync(409));
        Assert.Equal("notFound", await gateway.Admin.GetAsync("api/commands/nothing").ProblemAsync(404));
        Assert.Equal("notFound", await gateway.Admin.PostAsync("api/commands/nothing/cancel", null).ProblemAsync(404));
        Assert.Equal("invalidArgument", await gateway.Admin.GetAsync($"api/nodes/{(await gateway.PairAsync()).NodeId}/commands?limit=0").ProblemAsync(400));
        Assert.Equal("badRequest", await gateway.Admin.PutAsync("api/nodes", null).ProblemAsync(405));
        Assert.Equal("notFound", await gateway.Admin.GetAsync("nowhere").ProblemAsync(404));
    }

    [Fact]
    public async Task Catalogue_should_list_every_command_with_its_scope_and_parameters()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var catalogue = (await gateway.Admin.GetAsync("api/commands").JsonAsync()).AsArray();
        Assert.Equal(CommandCatalog.All.Select(command => command.Name), catalogue.Select(entry => (string)entry!["name"]!));
        var capture = catalogue[0]!;
        Assert.Equal(("screen.capture", "low", "quality"), ((string?)capture["scope"], (string?)capture["risk"], (string?)capture["parameters"]![0]!["name"]));
    }
}
