using System.Net;
using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Cli.Doctor;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Node.Gateway;
using Spectre.Console;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

public sealed class DoctorSpecs : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    readonly CliFixture cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Accepted_token_should_be_good_everywhere()
    {
        HttpRequestMessage? seen = null;
        var findings = await CheckAsync(request =>
        {
            seen = request;
            return Response(HttpStatusCode.OK, skewSeconds: 3);
        });
        Assert.All(findings, finding => Assert.Equal(Verdict.Good, finding.Verdict));
        Assert.Equal(["reachable", "tls", "clock", "token"], findings.Select(finding => finding.Subject));
        Assert.Equal("https://gw.example.com/hubs/node/negotiate?negotiateVersion=1", seen!.RequestUri!.ToString());
        Assert.DoesNotContain(findings, finding => finding.Detail.Contains("a1b2c3d4e5f6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("revoked", "refused: revoked", "unpair")]
    [InlineData("notApproved", "refused: notApproved", "Approve")]
    [InlineData(null, "refused: unauthorized", "unpair")]
    public async Task Refused_token_should_come_with_its_reason_and_cure(string? reason, string detail, string cure)
    {
        var token = (await CheckAsync(_ => Response(HttpStatusCode.Unauthorized, reason: reason)))[^1];
        Assert.Equal(Verdict.Bad, token.Verdict);
        Assert.Contains(detail, token.Detail, StringComparison.Ordinal);
        Assert.Contains(cure, token.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_that_drops_the_header_should_bring_up_the_setting()
    {
        var token = (await CheckAsync(request => Response(
            request.RequestUri!.Query.Contains("access_token=abc123.a1b2c3d4e5f6", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Unauthorized)))[^1];
        Assert.Equal(Verdict.Bad, token.Verdict);
        Assert.Contains("sophon.node.gateway.token-in-query = on", token.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skewed_clock_should_be_bad()
    {
        var clock = (await CheckAsync(_ => Response(HttpStatusCode.OK, skewSeconds: 120))).Single(finding => finding.Subject == "clock");
        Assert.Equal(Verdict.Bad, clock.Verdict);
        Assert.Contains("2 min 0 s ahead", clock.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, "reachable")]
    [InlineData(HttpRequestError.SecureConnectionError, "tls")]
    public async Task Gateway_that_can_not_be_reached_should_be_the_one_finding(HttpRequestError error, string subject)
    {
        var finding = Assert.Single(await CheckAsync(_ => throw new HttpRequestException(error, "…")));
        Assert.Equal((subject, Verdict.Bad), (finding.Subject, finding.Verdict));
    }

    [Fact]
    public async Task Something_else_at_the_address_should_be_bad() =>
        Assert.Equal(("hub", Verdict.Bad), ((await CheckAsync(_ => Response(HttpStatusCode.NotFound)))[^1] is var last ? (last.Subject, last.Verdict) : default));

    [Theory]
    [InlineData(null, null, Verdict.Bad)]
    [InlineData(":0", null, Verdict.Good)]
    [InlineData(null, "wayland-0", Verdict.Good)]
    public void Session_without_a_display_should_be_bad(string? x11, string? wayland, object verdict)
    {
        var finding = SessionChecks.Session(name => name switch { "DISPLAY" => x11, "WAYLAND_DISPLAY" => wayland, _ => null });
        Assert.Equal((Verdict)verdict, finding.Verdict);
    }

    [Fact]
    public void Files_that_others_can_read_should_be_bad_with_the_chmod()
    {
        cli.Pair();
        Assert.All(Files(), finding => Assert.Equal(Verdict.Good, finding.Verdict));
        File.SetUnixFileMode(cli.Home.Config, (UnixFileMode)0b110_100_100);
        var finding = Assert.Single(Files(), finding => finding.Verdict == Verdict.Bad);
        Assert.StartsWith("chmod 600 ", finding.Cure, StringComparison.Ordinal);
        Assert.Contains("644", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_files_should_be_bad_with_their_place()
    {
        cli.Pair();
        File.WriteAllText(cli.Home.Config, "{");
        File.WriteAllText(cli.Home.NodeConf, "sophon.node {");
        Assert.Equal(["node.conf", "pairing"], Files().Where(finding => finding.Verdict == Verdict.Bad).Select(finding => finding.Subject));
    }

    [Fact]
    public async Task Json_and_exit_code_should_serve_scripts()
    {
        Assert.InRange(await cli.RunAsync(null, "doctor", "--json"), 0, 1);
        var json = System.Text.Json.JsonDocument.Parse(cli.Output.ToString()).RootElement;
        var bad = json.GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("verdict").GetString() == "bad");
        Assert.Equal(!bad, json.GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public void Table_and_lines_should_show_the_same()
    {
        var report = new DoctorReport(false, [Finding.Good("files", "node.conf", "valid [really]"), Finding.Bad("gateway", "token", "refused", "pair again")]);
        Assert.Equal(
            ["ok   files    node.conf  valid [really]", "BAD  gateway  token      refused", "     cure: pair again", "1 of 2 checks found something wrong."],
            DoctorPrinter.Lines(report));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(cli.Output) });
        DoctorPrinter.Table(report, console);
        foreach (var text in new[] { "valid [really]", "refused", "pair again", "1 of 2 checks" }) Assert.Contains(text, cli.Output.ToString(), StringComparison.Ordinal);
    }

    List<Finding> Files() => [.. FileChecks.Run(cli.Home, new Sophon.Node.Identity.IdentityStore(cli.Home, new Sophon.Node.Logging.SecretRedactor(), new Identity.FakeTokenStore()))];

    static async Task<IReadOnlyList<Finding>> CheckAsync(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var client = new HttpClient(new FakeHandler(answer));
        return await new GatewayChecks(client, () => null, new FakeTimeProvider(Now)).RunAsync(CliFixture.Identity.GatewayUrl, CliFixture.Identity.Token, tokenInQuery: false);
    }

    static HttpResponseMessage Response(HttpStatusCode code, int skewSeconds = 0, string? reason = null)
    {
        var response = new HttpResponseMessage(code);
        response.Headers.Date = Now - TimeSpan.FromSeconds(skewSeconds);
        if (reason is not null) response.Headers.Add(WireNames.ReasonHeader, reason);
        return response;
    }
}
