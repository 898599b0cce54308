using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Tests.Gateway.Approvals;

/// <summary>A Node that is online, an agent with an operator's token, and people with browsers.</summary>
sealed class ApprovalFixture : IAsyncDisposable
{
    public static readonly object Echo = new { command = "echo", args = new[] { "<b>hi</b>", "--now" }, workingDirectory = "/srv", env = new Dictionary<string, string> { ["LC_ALL"] = "C" }, stdin = "in" };

    ApprovalFixture(TestGateway gateway, NodeToken token, FakeNode node, HttpClient agent) => (Gateway, Token, Node, Agent) = (gateway, token, node, agent);

    public TestGateway Gateway { get; }
    public NodeToken Token { get; }
    public FakeNode Node { get; private set; }

    /// <summary>With an operator's token.</summary>
    public HttpClient Agent { get; }

    public static async Task<ApprovalFixture> StartAsync(TimeProvider? time = null, Dictionary<string, string?>? settings = null)
    {
        var gateway = await TestGateway.OnSocketAsync(time, settings);
        var token = await gateway.PairAsync(Scopes.NodeCommand);
        return new ApprovalFixture(gateway, token, await FakeNode.OnlineAsync(gateway, token), await AgentAsync(gateway, new { name = "agent", role = "operator" }));
    }

    public static async Task<HttpClient> AgentAsync(TestGateway gateway, object request) =>
        gateway.With((string)(await gateway.Admin.PostAsJsonAsync("api/tokens", request).JsonAsync())["secret"]!);

    public Task<TestBrowser> PersonAsync(string name = "anna", GatewayRole role = GatewayRole.Operator) => TestBrowser.SignedInAsync(Gateway, name, role);

    /// <summary>Answers at once, with the command as it waits.</summary>
    public async Task<JsonNode> AskAsync(HttpClient? who = null, object? parameters = null, string type = "system.execute", string? commandId = null, int timeoutSeconds = 30) =>
        await (who ?? Agent).PostAsJsonAsync($"api/nodes/{Token.NodeId}/commands?wait=false", new { type, parameters = parameters ?? Echo, commandId, timeoutSeconds }).JsonAsync();

    public async Task<JsonNode> CommandAsync(string id) => await Agent.GetAsync($"api/commands/{id}").JsonAsync();

    public static async Task<JsonArray> PendingAsync(TestBrowser browser) => (await browser.GetAsync("api/approvals").JsonAsync()).AsArray();

    public static Task<HttpResponseMessage> DecideAsync(TestBrowser browser, string id, string verb, object body) =>
        browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"api/approvals/{id}/{verb}") { Content = JsonContent.Create(body) });

    /// <summary>Approves what this person sees of it.</summary>
    public static async Task<HttpResponseMessage> ApproveAsync(TestBrowser browser, string id) =>
        await DecideAsync(browser, id, "approve", new { digest = (string)(await PendingAsync(browser)).Single(approval => (string?)approval!["commandId"] == id)!["digest"]! });

    public async Task ReconnectAsync()
    {
        await Node.DisposeAsync();
        Node = await FakeNode.OnlineAsync(Gateway, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Gateway.DisposeAsync();
    }
}
