using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Sophon.Gateway.Hosting;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway;

/// <summary>The whole Gateway on its own data folder: in memory, or on a socket when Nodes have to connect.</summary>
sealed class TestGateway : IAsyncDisposable
{
    readonly string path;
    readonly TimeProvider? time;
    readonly bool socket;
    readonly bool logging;
    readonly Dictionary<string, string?> settings;
    string? database;
    DataFolder? folder;
    WebApplication? app;

    TestGateway(TimeProvider? time, bool socket, Dictionary<string, string?>? settings, bool logging)
    {
        (this.time, this.socket, this.logging) = (time, socket, logging);
        this.settings = settings ?? [];
        path = Directory.CreateTempSubdirectory("sophon-gateway-").FullName;
        this.settings.TryAdd("Gateway:Listen", "http://127.0.0.1:0");
    }

    public static Task<TestGateway> InMemoryAsync(TimeProvider? time = null, Dictionary<string, string?>? settings = null) => StartAsync(new TestGateway(time, false, settings, false));

    /// <param name="logging">With the real log files; its warnings are on standard error too.</param>
    public static Task<TestGateway> OnSocketAsync(TimeProvider? time = null, Dictionary<string, string?>? settings = null, bool logging = false) => StartAsync(new TestGateway(time, true, settings, logging));

    public string AdminToken { get; private set; } = "";

    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>With the administrator's token.</summary>
    public HttpClient Admin { get; private set; } = new();

    public HttpClient Anonymous { get; private set; } = new();

    public string SetupCode { get; private set; } = "";

    public IServiceProvider Services => app!.Services;

    public string Path => path;

    static async Task<TestGateway> StartAsync(TestGateway gateway)
    {
        if (TestStores.UsePostgres && !gateway.settings.ContainsKey("ConnectionStrings:Gateway"))
            (gateway.database, gateway.settings["ConnectionStrings:Gateway"]) = await TestStores.NewDatabaseAsync();
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>Starts on what a stop left behind; on a socket at the same address as before.</summary>
    public async Task StartAsync()
    {
        folder = DataFolder.Open(path);
        folder.Own();
        app = GatewayApp.Create(folder, overrides: settings, customize: builder =>
        {
            if (!socket) builder.WebHost.UseTestServer();
            if (!logging) builder.Services.AddSerilog(Serilog.Core.Logger.None);
            if (time is not null) builder.Services.AddSingleton(time);
        });
        await app.StartAsync();
        AdminToken = app.Services.GetRequiredService<GatewayStartup>().NewAdminToken ?? AdminToken;
        SetupCode = app.Services.GetRequiredService<GatewayStartup>().SetupCode?.Code ?? "";
        if (socket)
        {
            Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            settings["Gateway:Listen"] = Url.ToString();
        }

        Anonymous = Client();
        Admin = Client();
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
    }

    public async Task StopAsync()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
        folder!.Dispose();
    }

    public async Task<RegisterNodeResponse> RegisterAsync(string name = "Office PC") =>
        (await (await Admin.PostAsJsonAsync("api/nodes", new { displayName = name, platform = "linux" })).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RegisterNodeResponse>())!;

    public async Task<HttpResponseMessage> PollAsync(string nodeId, string secret, string? nonce = "nonce", string? hostName = "host") =>
        await Anonymous.PostAsJsonAsync("api/nodes/me/pair", new PairRequest(nodeId, secret, nonce, hostName));

    public async Task<PairResponse> PairAnswerAsync(RegisterNodeResponse node, string? nonce = "nonce", string? hostName = "host") =>
        (await (await PollAsync(node.NodeId, node.PairingSecret, nonce, hostName)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PairResponse>())!;

    public async Task ApproveAsync(string nodeId, params string[] scopes) =>
        (await Admin.PostAsJsonAsync($"api/nodes/{nodeId}/approve", scopes.Length == 0 ? new JsonObject() : new JsonObject { ["scopes"] = JsonSerializer.SerializeToNode(scopes) })).EnsureSuccessStatusCode();

    /// <summary>A registered, approved node, and its token.</summary>
    public async Task<NodeToken> PairAsync(params string[] scopes)
    {
        var node = await RegisterAsync();
        await PairAnswerAsync(node);
        await ApproveAsync(node.NodeId, scopes);
        Assert.True(NodeToken.TryParse((await PairAnswerAsync(node)).Token, out var token));
        return token;
    }

    public async Task<JsonNode> NodeAsync(string nodeId) => (await Admin.GetFromJsonAsync<JsonNode>($"api/nodes/{nodeId}"))!;

    public async Task<string> StateAsync(string nodeId) => (string)(await NodeAsync(nodeId))["state"]!;

    public Task<HttpResponseMessage> PostCommandAsync(string nodeId, string type, object? parameters = null, string? commandId = null, int? timeoutSeconds = null, bool wait = true) =>
        Admin.PostAsJsonAsync($"api/nodes/{nodeId}/commands{(wait ? "" : "?wait=false")}", new { type, parameters, commandId, timeoutSeconds });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (database is not null) await TestStores.DropAsync(database);
        Directory.Delete(path, recursive: true);
    }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient NewClient() => socket
        ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(2) }
        : app!.GetTestClient();

    /// <summary>With another API token.</summary>
    public HttpClient With(string token)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    HttpClient Client() => socket ? new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(2) } : app!.GetTestClient();
}

static class Answers
{
    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> response) => (await (await response).Content.ReadFromJsonAsync<JsonNode>())!;

    /// <summary>The <c>code</c> of a problem, after its form was checked.</summary>
    public static async Task<string> ProblemAsync(this Task<HttpResponseMessage> pending, int status)
    {
        var response = await pending;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]));
        Assert.Equal(status, (int)problem["status"]!);
        return (string)problem["code"]!;
    }
}

/// <summary>Waits for what must become true.</summary>
static class Eventually
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) Assert.Fail("Never happened: " + what);
            await Task.Delay(20);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);
}
