using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Store;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Audit;

public class AuditExportSpecs
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49", "\"'+49\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("  =cmd|' /C calc'!A0", "\"'  =cmd|' /C calc'!A0\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    public void Cell_should_never_be_a_formula(string text, string cell) => Assert.Equal(cell, AuditCsv.Cell(text));

    [Fact]
    public async Task Export_should_hold_all_lines_whatever_their_number_and_only_those_that_fit()
    {
        await using var gateway = await TestGateway.InMemoryAsync();
        await gateway.Services.GetRequiredService<StoreWriter>().WriteAsync(db =>
        {
            for (var number = 1; number <= 2_500; number++)
                db.Audit.Add(new AuditRecord { At = DateTimeOffset.UtcNow, Actor = "=HYPERLINK(\"x\")", Action = AuditAction.Login, Detail = $"line {number}" });
        });
        var response = await gateway.Admin.GetAsync("api/audit/export?format=csv&action=login");
        Assert.Equal(("text/csv", "attachment"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.DispositionType));
        var lines = (await response.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(AuditCsv.Header.TrimEnd(), lines[0].TrimStart('\uFEFF'));
        Assert.Equal(Enumerable.Range(1, 2_500).Select(number => $"line {number}"), lines.Skip(1).Select(line => line.Split(',')[^2].Trim('"')));
        Assert.All(lines.Skip(1), line => Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")\",", line, StringComparison.Ordinal));

        var json = (await gateway.Admin.GetFromJsonAsync<JsonArray>("api/audit/export?format=json&action=login"))!;
        Assert.Equal((2_500, "line 1", "login"), (json.Count, (string?)json[0]!["detail"], (string?)json[0]!["action"]));
        Assert.Equal("invalidArgument", await gateway.Admin.GetAsync("api/audit/export?format=xml").ProblemAsync(400));
    }
}
