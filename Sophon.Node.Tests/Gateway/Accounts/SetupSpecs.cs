using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Accounts;

public class SetupSpecs
{
    static Task<string> SetUpAsync(TestBrowser browser, string code, string user = "anna", string password = TestBrowser.Password, string? again = null) =>
        browser.PostFormAsync("account/setup", ("code", code), ("user", user), ("password", password), ("passwordAgain", again ?? password));

    [Fact]
    public async Task Code_should_make_the_first_administrator_once_and_sign_them_in()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var anna = new TestBrowser(gateway);
        Assert.Equal("/", await SetUpAsync(anna, gateway.SetupCode.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        Assert.Equal("administrator", (string?)(await anna.GetAsync("api/me").JsonAsync())["role"]);

        var late = await SetUpAsync(new TestBrowser(gateway), gateway.SetupCode, "bob");
        Assert.Equal("alreadySetUp", TestBrowser.Query(late, "reason"));
        Assert.False(await gateway.Services.GetRequiredService<SetupCodes>().IsOpenAsync());

        // After a restart there is nothing left to set up.
        await gateway.StopAsync();
        await gateway.StartAsync();
        Assert.Equal("", gateway.SetupCode);
    }

    [Fact]
    public async Task Of_many_people_at_once_exactly_one_should_win()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => SetUpAsync(new TestBrowser(gateway), gateway.SetupCode, $"user{number}")));
        Assert.Single(answers, answer => answer == "/");
        Assert.All(answers.Where(answer => answer != "/"), answer => Assert.Equal("alreadySetUp", TestBrowser.Query(answer, "reason")));
        Assert.Single(await gateway.Services.GetRequiredService<AccountService>().ListAsync());
    }

    [Fact]
    public async Task Wrong_and_expired_codes_should_be_told_apart_and_nothing_made()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await TestGateway.InMemoryAsync(clock);
        var browser = new TestBrowser(gateway);
        Assert.Equal("/setup?reason=wrongSetupCode", await SetUpAsync(browser, "AAAA-BBBB-CCCC"));
        Assert.Equal("/setup?reason=invalidPassword", await SetUpAsync(browser, gateway.SetupCode, password: "short"));
        Assert.Equal("/setup?reason=invalidName", await SetUpAsync(browser, gateway.SetupCode, "<script>"));
        Assert.Equal("/setup?reason=passwordMismatch", await SetUpAsync(browser, gateway.SetupCode, again: "another password"));
        clock.Advance(SetupCodes.Lifetime);
        Assert.Equal("/setup?reason=setupCodeExpired", await SetUpAsync(browser, gateway.SetupCode));
        Assert.Empty(await gateway.Services.GetRequiredService<AccountService>().ListAsync());
    }

    [Fact]
    public async Task Guessing_should_be_stopped_with_the_time_when_it_may_go_on()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var browser = new TestBrowser(gateway);
        for (var attempt = 0; attempt < 10; attempt++) Assert.Equal("/setup?reason=wrongSetupCode", await SetUpAsync(browser, "guess"));
        var stopped = await SetUpAsync(browser, gateway.SetupCode);
        Assert.Equal("tooManyAttempts", TestBrowser.Query(stopped, "reason"));
        Assert.True(DateTimeOffset.Parse(TestBrowser.Query(stopped, "until")!, null) > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Store_should_hold_a_hash_of_the_code_only()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        await using var db = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();
        var kept = await db.SetupCodes.SingleAsync();
        Assert.Equal(64, kept.CodeHash.Length);
        Assert.DoesNotContain(gateway.SetupCode.Replace("-", "", StringComparison.Ordinal), kept.CodeHash, StringComparison.OrdinalIgnoreCase);
    }
}
