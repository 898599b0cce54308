using System.Net;
using System.Security.Claims;
using System.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;
using Xunit;

namespace Sophon.Node.Tests.Gateway;

/// <summary>What a browser does: keeps cookies, sends forms with their antiforgery token, does not follow redirects by itself.</summary>
sealed class TestBrowser(TestGateway gateway)
{
    public const string Password = "correct horse battery";

    readonly CookieContainer cookies = new();
    readonly HttpClient http = gateway.NewClient();

    /// <summary>A browser with the given role signed in; its user is made for it.</summary>
    public static async Task<TestBrowser> SignedInAsync(TestGateway gateway, string user, GatewayRole role = GatewayRole.Administrator)
    {
        await gateway.Services.GetRequiredService<AccountService>().AddAsync(Caller.Machine, new NewAccount(user, null, role, Password));
        var browser = new TestBrowser(gateway);
        Assert.Equal("/", await browser.LoginAsync(user));
        return browser;
    }

    public bool IsSignedIn => Cookie("sophon-gateway") is not null;

    public string? Cookie(string name) => cookies.GetCookies(gateway.Url).FirstOrDefault(cookie => cookie.Name == name)?.Value;

    /// <returns>Where it is sent to.</returns>
    public Task<string> LoginAsync(string user, string password = Password, string? returnUrl = null) =>
        PostFormAsync("account/login", ("user", user), ("password", password), ("returnUrl", returnUrl));

    /// <returns>Where it is sent to.</returns>
    public async Task<string> PostFormAsync(string path, params (string Name, string? Value)[] fields)
    {
        var (field, token) = await AntiforgeryAsync();
        return await PostRawAsync(path, [.. fields, (field, token)]);
    }

    /// <summary>Without an antiforgery token of its own.</summary>
    public async Task<string> PostRawAsync(string path, params (string Name, string? Value)[] fields)
    {
        var content = new FormUrlEncodedContent(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", cookies.GetCookieHeader(gateway.Url));
        var response = await http.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set) cookies.SetCookies(gateway.Url, cookie);
        return response;
    }

    /// <summary>As a page would put it into a form of this browser's user.</summary>
    async Task<(string Field, string Token)> AntiforgeryAsync()
    {
        var user = IsSignedIn && await MeAsync() is { } id ? new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], "test")) : new ClaimsPrincipal(new ClaimsIdentity());
        var page = new DefaultHttpContext { RequestServices = gateway.Services, User = user };
        page.Request.Headers.Cookie = cookies.GetCookieHeader(gateway.Url);
        var tokens = gateway.Services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(page);
        foreach (var cookie in page.Response.Headers.SetCookie) cookies.SetCookies(gateway.Url, cookie!);
        return (tokens.FormFieldName, tokens.RequestToken!);
    }

    async Task<string?> MeAsync()
    {
        var response = await GetAsync("api/me");
        return response.IsSuccessStatusCode ? (string?)(await Task.FromResult(response).JsonAsync())["id"] : null;
    }

    /// <summary>What the page gets with its address.</summary>
    public static string? Query(string location, string name) => HttpUtility.ParseQueryString(new Uri(new Uri("http://localhost"), location).Query)[name];
}
