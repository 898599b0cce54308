using System.Text.RegularExpressions;
using Sophon.Node.Tests.Gateway;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Security;

public partial class ContentSecuritySpecs
{
    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/setup")]
    public async Task Scripts_should_run_only_with_the_nonce_of_their_own_answer(string path)
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        var (first, second) = (await AskAsync(), await AskAsync());
        Assert.NotEqual(first, second);

        async Task<string> AskAsync()
        {
            var answer = await gateway.Anonymous.GetAsync(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
            Assert.Equal(1, policy.Split("'unsafe-inline'").Length - 1);
            Assert.Contains("style-src-attr 'unsafe-inline'", policy, StringComparison.Ordinal);

            var nonce = Nonce().Match(policy).Groups[1].Value;
            Assert.Equal(24, nonce.Length);
            var scripts = Script().Matches(await answer.Content.ReadAsStringAsync());
            Assert.NotEmpty(scripts);
            Assert.All(scripts, script => Assert.Contains($"nonce=\"{System.Net.WebUtility.HtmlEncode(nonce).Replace("+", "&#x2B;", StringComparison.Ordinal)}\"", script.Value, StringComparison.Ordinal));
            return nonce;
        }
    }

    [Fact]
    public async Task Wrong_address_should_answer_a_page_to_a_browser_and_a_problem_to_a_program()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        Assert.Equal("notFound", await gateway.Anonymous.GetAsync("/nowhere").ProblemAsync(404));
        gateway.Anonymous.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        Assert.Equal("notFound", await gateway.Anonymous.GetAsync("/api/nowhere").ProblemAsync(404));
        var page = await gateway.Anonymous.GetAsync("/nowhere");
        Assert.Equal((404, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
