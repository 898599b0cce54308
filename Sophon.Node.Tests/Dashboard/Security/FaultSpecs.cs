using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Store;
using Sophon.Node.Tests.Gateway;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Security;

public class FaultSpecs
{
    [Fact]
    public async Task Fault_should_answer_a_page_to_a_browser_and_a_problem_to_a_program()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        await using (var db = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync())
            await db.Database.ExecuteSqlRawAsync("""DROP TABLE "Accounts" """);

        Assert.Equal("internal", await gateway.Anonymous.GetAsync("/setup").ProblemAsync(500));
        gateway.Anonymous.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        var page = await gateway.Anonymous.GetAsync("/setup");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal((500, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("The Gateway could not make this page", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; ", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }
}
