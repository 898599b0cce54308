using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Accounts;

public class LoginSpecs
{
    static async Task<(TestGateway Gateway, FakeTimeProvider Clock)> WithAnnaAsync()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await TestGateway.InMemoryAsync(clock);
        await gateway.Services.GetRequiredService<AccountService>().AddAsync(Caller.Machine, new NewAccount("Anna", "Anna B.", GatewayRole.Operator, TestBrowser.Password));
        return (gateway, clock);
    }

    [Fact]
    public async Task Login_should_give_a_session_with_the_users_role_and_logout_end_it()
    {
        var (gateway, _) = await WithAnnaAsync();
        await using var _ = gateway;
        var browser = new TestBrowser(gateway);
        Assert.Equal("/nodes/x?tab=1", await browser.LoginAsync("ANNA", returnUrl: "/nodes/x?tab=1"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("api/nodes")).StatusCode);
        Assert.Equal("forbidden", await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/nodes") { Content = JsonContent.Create(new { displayName = "x", platform = "linux" }) }).ProblemAsync(403));
        Assert.Equal("/login?reason=signedOut", await browser.PostFormAsync("account/logout"));
        Assert.Equal("unauthorized", await browser.GetAsync("api/nodes").ProblemAsync(401));
    }

    [Fact]
    public async Task Cookie_should_be_out_of_reach_of_scripts_and_of_other_sites()
    {
        var (gateway, _) = await WithAnnaAsync();
        await using var _ = gateway;
        var browser = new TestBrowser(gateway);
        await browser.LoginAsync("anna");
        await browser.PostFormAsync("account/logout");
        var tokens = new HttpRequestMessage(HttpMethod.Get, "https://localhost/api/nodes");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(tokens)).StatusCode);
        var set = await SetCookieAsync(gateway, "https://localhost/");
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", await SetCookieAsync(gateway, "http://localhost/"), StringComparison.OrdinalIgnoreCase);
    }

    static async Task<string> SetCookieAsync(TestGateway gateway, string address)
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = gateway.Services };
        (http.Request.Scheme, http.Request.Host) = (new Uri(address).Scheme, new("localhost"));
        await AccountCookie.SignInAsync(http, (await gateway.Services.GetRequiredService<AccountDirectory>().FindByNameAsync("anna"))!);
        return http.Response.Headers.SetCookie.ToString();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("")]
    public async Task Login_should_never_send_a_browser_elsewhere(string returnUrl)
    {
        var (gateway, _) = await WithAnnaAsync();
        await using var _ = gateway;
        var browser = new TestBrowser(gateway);
        Assert.Equal("/login?reason=wrongCredentials", await browser.LoginAsync("anna", "wrong", returnUrl));
        Assert.Equal("/", await browser.LoginAsync("anna", returnUrl: returnUrl));
    }

    [Fact]
    public async Task Ten_wrong_passwords_should_lock_for_a_time_that_is_told_and_unknown_users_look_the_same()
    {
        var (gateway, clock) = await WithAnnaAsync();
        await using var _ = gateway;
        foreach (var user in new[] { "anna", "nobody" })
        {
            var browser = new TestBrowser(gateway);
            for (var attempt = 1; attempt < 10; attempt++) Assert.Equal("/login?reason=wrongCredentials", await browser.LoginAsync(user, "wrong"));
            var tenth = await browser.LoginAsync(user, "wrong");
            Assert.Equal("locked", TestBrowser.Query(tenth, "reason"));
            var until = DateTimeOffset.Parse(TestBrowser.Query(tenth, "until")!, null);
            Assert.Equal(clock.GetUtcNow() + Logins.LockTime, until);
            Assert.Contains(until.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", null), AccountProblems.Sentence("locked", until), StringComparison.Ordinal);
            Assert.Equal("locked", TestBrowser.Query(await browser.LoginAsync(user), "reason"));
        }

        // The lock is in the store; time ends it.
        await gateway.StopAsync();
        await gateway.StartAsync();
        var later = new TestBrowser(gateway);
        Assert.Equal("locked", TestBrowser.Query(await later.LoginAsync("anna"), "reason"));
        clock.Advance(Logins.LockTime);
        Assert.Equal("/", await later.LoginAsync("anna"));
    }

    [Fact]
    public async Task Guesses_that_run_side_by_side_should_not_get_past_the_lock()
    {
        var (gateway, _) = await WithAnnaAsync();
        await using var _ = gateway;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => new TestBrowser(gateway).LoginAsync("anna", "wrong")));
        Assert.Equal(9, answers.Count(answer => TestBrowser.Query(answer, "reason") == "wrongCredentials"));
        Assert.Equal(11, answers.Count(answer => TestBrowser.Query(answer, "reason") == "locked"));
    }

    [Fact]
    public async Task Address_that_tries_many_names_should_be_stopped_and_good_logins_not_counted()
    {
        var (gateway, clock) = await WithAnnaAsync();
        await using var _ = gateway;
        var browser = new TestBrowser(gateway);
        for (var attempt = 0; attempt < 40; attempt++) Assert.Equal("/", await browser.LoginAsync("anna"));
        for (var attempt = 0; attempt < 30; attempt++) await browser.LoginAsync($"user{attempt}", "wrong");
        Assert.Equal("tooManyAttempts", TestBrowser.Query(await browser.LoginAsync("anna"), "reason"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/", await browser.LoginAsync("anna"));
    }

    [Fact]
    public async Task Form_without_its_antiforgery_token_should_do_nothing()
    {
        var (gateway, _) = await WithAnnaAsync();
        await using var _ = gateway;
        var browser = new TestBrowser(gateway);
        Assert.Equal("/login?reason=formExpired", await browser.PostRawAsync("account/login", ("user", "anna"), ("password", TestBrowser.Password)));
        Assert.Equal("/setup?reason=formExpired", await browser.PostRawAsync("account/setup", ("code", gateway.SetupCode), ("user", "eve"), ("password", TestBrowser.Password)));
        await browser.LoginAsync("anna");
        Assert.Equal("/login?reason=formExpired", await browser.PostRawAsync("account/logout"));
        Assert.Equal("/login?reason=formExpired", await browser.PostRawAsync("account/sign-out-everywhere"));
        Assert.Equal("/account?reason=formExpired", await browser.PostRawAsync("account/password", ("current", TestBrowser.Password), ("password", "eve's own choice")));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("api/me")).StatusCode);
        Assert.Single(await gateway.Services.GetRequiredService<AccountService>().ListAsync());
    }

    [Fact]
    public async Task Session_should_slide_while_it_is_used_and_end_when_it_is_not()
    {
        var (gateway, clock) = await WithAnnaAsync();
        await using var _ = gateway;
        var browser = new TestBrowser(gateway);
        await browser.LoginAsync("anna");
        for (var hour = 0; hour < 30; hour += 7)
        {
            clock.Advance(TimeSpan.FromHours(7));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("api/me")).StatusCode);
        }

        clock.Advance(TimeSpan.FromHours(12.1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("api/me")).StatusCode);
    }
}
