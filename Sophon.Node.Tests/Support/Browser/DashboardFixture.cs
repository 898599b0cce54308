using System.Net.Http.Json;
using Microsoft.Playwright;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Gateway;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.Support.Browser;

/// <summary>One real Gateway and one browser for all specs of the collection, which therefore name their nodes so that nobody else's is meant.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardFixture : IAsyncLifetime, ICollectionFixture<DashboardFixture>
{
    public const string Name = "dashboard";
    public const string Password = "correct horse battery";

    readonly Dictionary<string, string> sessions = [];

    public GatewayProgram Gateway { get; private set; } = null!;

    public Chromium Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await GatewayProgram.StartNewAsync(new Dictionary<string, string?> { ["Gateway__Approvals__Execute"] = "person" });
        Chromium = await Chromium.StartAsync();
        foreach (var role in new[] { "administrator", "operator", "viewer" })
            (await Gateway.Http.PostAsJsonAsync("api/users", new { name = role, displayName = $"The {role}", role, password = Password })).EnsureSuccessStatusCode();
    }

    /// <summary>A browser in which the user of that role (<c>administrator</c>, <c>operator</c>, <c>viewer</c>) is signed in.</summary>
    public async Task<DashboardPage> OpenAsync(string path, string role = "administrator", BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.StorageState = await SessionAsync(role);
        var page = await OpenAnonymousAsync(options);
        await page.GoToAsync(path);
        return page;
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public Task<DashboardPage> OpenAnonymousAsync(BrowserNewContextOptions? options = null) => DashboardPage.OpenAsync(Chromium.Browser, Gateway.Url, options);

    /// <summary>Registers a node and polls once for it, as a machine would: it is Pending.</summary>
    public async Task<GatewayProgram.Registration> PendingAsync(string name)
    {
        var node = await Gateway.RegisterAsync(name);
        await PollAsync(node);
        return node;
    }

    /// <summary>An approved node's token; the node has not been connected.</summary>
    public async Task<NodeToken> ApprovedAsync(string name, params string[] scopes)
    {
        var node = await PendingAsync(name);
        await Gateway.ApproveAsync(node.NodeId, scopes);
        Assert.True(NodeToken.TryParse((await PollAsync(node)).Token, out var token));
        return token;
    }

    /// <summary>A user of their own, for what a spec does to an account; signed in by <see cref="SignInAsync"/>.</summary>
    public async Task<string> AddUserAsync(string name, string role)
    {
        var answer = await Gateway.Http.PostAsJsonAsync("api/users", new { name, displayName = name, role, password = Password });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>A browser in which that user is signed in.</summary>
    public async Task<DashboardPage> SignInAsync(string user, string path, string password = Password)
    {
        var page = await OpenAnonymousAsync();
        await page.GoToAsync(path);
        await page.SignInAsync(user, password);
        await page.LiveAsync();
        await Assertions.Expect(page.Page.Locator("[data-live=yes]")).ToBeVisibleAsync();
        return page;
    }

    /// <summary>An approved node that is connected and has beaten once.</summary>
    internal async Task<FakeNode> OnlineAsync(string name, params string[] scopes)
    {
        var node = new FakeNode(Gateway.Url, await ApprovedAsync(name, scopes));
        await node.Hub.StartAsync();
        await node.BeatAsync();
        return node;
    }

    /// <param name="nonce">Of the run of pair; another one is another claimant.</param>
    public async Task<PairResponse> PollAsync(GatewayProgram.Registration node, string nonce = "nonce", string hostName = "desk-7")
    {
        var answer = await Gateway.Http.PostAsJsonAsync("api/nodes/me/pair", new PairRequest(node.NodeId, node.PairingSecret, nonce, hostName, "ada", "linux", "Debian GNU/Linux 12", "1.0.0"));
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PairResponse>())!;
    }

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null) await Chromium.DisposeAsync();
        await Gateway.DisposeAsync();
    }

    async Task<string> SessionAsync(string role)
    {
        if (sessions.TryGetValue(role, out var present)) return present;
        await using var page = await OpenAnonymousAsync();
        await page.GoToAsync("settings/devices");
        await page.SignInAsync(role, Password);
        await page.LiveAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "My Devices" })).ToBeVisibleAsync();
        return sessions[role] = await page.StorageAsync();
    }
}
