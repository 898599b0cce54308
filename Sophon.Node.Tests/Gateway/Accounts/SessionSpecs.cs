using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Accounts;

public class SessionSpecs
{
    static HttpRequestMessage Register(string? site = null, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/nodes") { Content = JsonContent.Create(new { displayName = "PC", platform = "linux" }) };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return request;
    }

    [Fact]
    public async Task Sign_out_everywhere_should_end_every_session_of_that_user_at_once()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var here = await TestBrowser.SignedInAsync(gateway, "anna");
        var other = await TestBrowser.SignedInAsync(gateway, "bob");
        var there = new TestBrowser(gateway);
        await there.LoginAsync("anna");
        Assert.Equal("/login?reason=signedOutEverywhere", await here.PostFormAsync("account/sign-out-everywhere"));
        foreach (var browser in new[] { here, there }) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("api/me")).StatusCode);
    }

    [Fact]
    public async Task New_password_should_need_the_old_one_end_other_sessions_and_keep_this_one()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var here = await TestBrowser.SignedInAsync(gateway, "anna");
        var there = new TestBrowser(gateway);
        await there.LoginAsync("anna");
        Assert.Equal("/account?reason=wrongPassword", await here.PostFormAsync("account/password", ("current", "wrong"), ("password", "a new password")));
        Assert.Equal("/account?reason=invalidPassword", await here.PostFormAsync("account/password", ("current", TestBrowser.Password), ("password", "short")));
        Assert.Equal("/account?reason=passwordChanged", await here.PostFormAsync("account/password", ("current", TestBrowser.Password), ("password", "a new password"), ("passwordAgain", "a new password")));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await there.GetAsync("api/me")).StatusCode);
        Assert.Equal("/login?reason=wrongCredentials", await there.LoginAsync("anna"));
        Assert.Equal("/", await there.LoginAsync("anna", "a new password"));
    }

    [Fact]
    public async Task Role_should_change_in_open_sessions_and_their_subscribers_be_told()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var anna = await TestBrowser.SignedInAsync(gateway, "anna");
        var bob = await TestBrowser.SignedInAsync(gateway, "bob", GatewayRole.Viewer);
        var (accounts, sessions) = (gateway.Services.GetRequiredService<AccountService>(), gateway.Services.GetRequiredService<AccountSessions>());
        var account = (await accounts.ListAsync()).Single(account => account.Name == "bob");
        var circuit = Caller.Principal(account);
        var told = 0;
        using var subscription = sessions.Subscribe(circuit, () => told++);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.SendAsync(Register())).StatusCode);

        var patch = new HttpRequestMessage(HttpMethod.Patch, $"api/users/{account.Id}") { Content = JsonContent.Create(new { role = "administrator", displayName = "Robert" }) };
        Assert.Equal("administrator", (string?)(await anna.SendAsync(patch).JsonAsync())["role"]);
        Assert.Equal(HttpStatusCode.Created, (await bob.SendAsync(Register())).StatusCode);
        Assert.Equal(1, told);
        var refreshed = (await sessions.RefreshAsync(circuit))!;
        Assert.Equal(("Robert", GatewayRole.Administrator), (Caller.DisplayNameOf(refreshed), Caller.Of(refreshed).Role));

        await accounts.ChangeAsync(Caller.Machine, account.Id, new UserChanges(Disabled: true));
        Assert.Equal(2, told);
        Assert.Null(await sessions.RefreshAsync(refreshed));
        Assert.Equal(HttpStatusCode.Unauthorized, (await bob.SendAsync(Register())).StatusCode);
        Assert.Equal("/login?reason=wrongCredentials", await bob.LoginAsync("bob"));
        Assert.Null(await sessions.RefreshAsync(new ClaimsPrincipal(new ClaimsIdentity())));
    }

    [Fact]
    public async Task Last_administrator_should_stay_one()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var anna = await TestBrowser.SignedInAsync(gateway, "anna");
        await TestBrowser.SignedInAsync(gateway, "bob", GatewayRole.Operator);
        var id = (string)(await gateway.Admin.GetFromJsonAsync<System.Text.Json.Nodes.JsonArray>("api/users"))!.Single(user => (string?)user!["name"] == "anna")!["id"]!;
        Assert.Equal("lastAdministrator", await gateway.Admin.PatchAsJsonAsync($"api/users/{id}", new { role = "operator" }).ProblemAsync(409));
        Assert.Equal("lastAdministrator", await gateway.Admin.PatchAsJsonAsync($"api/users/{id}", new { disabled = true }).ProblemAsync(409));
        Assert.Equal("lastAdministrator", await gateway.Admin.DeleteAsync($"api/users/{id}").ProblemAsync(409));
        await TestBrowser.SignedInAsync(gateway, "carol");
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.Admin.DeleteAsync($"api/users/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anna.GetAsync("api/me")).StatusCode);
        Assert.Equal("nameTaken", await gateway.Admin.PostAsJsonAsync("api/users", new { name = "CAROL", role = "viewer", password = TestBrowser.Password }).ProblemAsync(409));
    }

    [Theory]
    [InlineData("cross-site", null, 403)]
    [InlineData("same-site", null, 403)]
    [InlineData(null, "https://evil.example", 403)]
    [InlineData(null, "null", 403)]
    [InlineData("same-origin", "http://localhost", 201)]
    [InlineData(null, "http://localhost", 201)]
    [InlineData(null, null, 201)]
    public async Task Session_should_count_only_for_the_gateways_own_pages(string? site, string? origin, int status)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var anna = await TestBrowser.SignedInAsync(gateway, "anna");
        var answer = await anna.SendAsync(Register(site, origin));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403) Assert.Equal("crossSite", await Task.FromResult(answer).ProblemAsync(403));
    }

    [Fact]
    public async Task Token_should_win_over_a_cookie_and_never_add_to_it()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var anna = await TestBrowser.SignedInAsync(gateway, "anna");
        var viewer = (string)(await gateway.Admin.PostAsJsonAsync("api/tokens", new { name = "v", role = "viewer" }).JsonAsync())["secret"]!;
        var request = Register();
        request.Headers.Authorization = new("Bearer", viewer);
        Assert.Equal("forbidden", await anna.SendAsync(request).ProblemAsync(403));
    }
}
