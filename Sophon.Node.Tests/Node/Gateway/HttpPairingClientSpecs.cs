using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Gateway;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Node.Gateway;

public sealed class HttpPairingClientSpecs
{
    static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    static readonly Uri Gateway = new("https://gw.example.com/sophon");
    static readonly PairRequest Request = new("abc123", "s_a1b2c3d4e5", "nonce", "host", "user", "linux", "Debian", "1.0.0");

    readonly SecretRedactor secrets = new();

    [Fact]
    public async Task Poll_should_post_the_contracts_body_to_its_path()
    {
        HttpRequestMessage? seen = null;
        string body = "";
        await PollAsync(async request =>
        {
            (seen, body) = (request, await request.Content!.ReadAsStringAsync());
            return Json("""{"status":"pending","pairingCode":"ABC-123"}""");
        });
        Assert.Equal(HttpMethod.Post, seen!.Method);
        Assert.Equal("https://gw.example.com/sophon/api/nodes/me/pair", seen.RequestUri!.ToString());
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal("abc123", json.GetProperty("nodeId").GetString());
        Assert.Equal("s_a1b2c3d4e5", json.GetProperty("pairingSecret").GetString());
        Assert.Equal("nonce", json.GetProperty("clientNonce").GetString());
    }

    [Theory]
    [InlineData("""{"status":"pending","pairingCode":"ABC-123"}""", "pending")]
    [InlineData("""{"status":"approved","token":"abc123.a1b2c3d4e5f6","gatewayUrl":"https://elsewhere.example.com"}""", "approved")]
    [InlineData("""{"status":"rejected","reason":"not ours","new":1}""", "rejected")]
    [InlineData("""{"status":"expired"}""", "expired")]
    public async Task Known_status_should_be_an_answer(string body, string status)
    {
        var answered = Assert.IsType<PairPoll.Answered>(await PollAsync(Json(body)));
        Assert.Equal(status, answered.Response.Status);
    }

    [Fact]
    public async Task Claim_by_somebody_else_should_be_told_from_a_persons_no() => Assert.Equal(
        PairingFailure.ClaimedElsewhere,
        Assert.IsType<PairPoll.Failed>(await PollAsync(Json("""{"status":"rejected","reason":"in use","code":"claimedElsewhere"}"""))).Failure);

    [Theory]
    [InlineData(200, null, """{"status":"slowDown","intervalSeconds":7}""", 7)]
    [InlineData(200, null, """{"status":"slowDown"}""", 10)]
    [InlineData(200, null, """{"status":"slowDown","intervalSeconds":-5}""", 1)]
    [InlineData(429, "4", "", 4)]
    [InlineData(429, null, "", 10)]
    [InlineData(429, "86400", "", 300)]
    [InlineData(429, "Tue, 24 Nov 2026 12:00:20 GMT", "", 20)]
    [InlineData(503, "9", "", 9)]
    public async Task Gateway_should_be_able_to_ask_for_a_wait(int code, string? retryAfter, string body, int seconds)
    {
        var response = Json(body, (HttpStatusCode)code);
        if (retryAfter is not null) response.Headers.RetryAfter = RetryConditionHeaderValue.Parse(retryAfter);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<PairPoll.ToldToWait>(await PollAsync(response)).Delay);
    }

    [Theory]
    [InlineData(401, PairingFailure.Unauthorized)]
    [InlineData(409, PairingFailure.ClaimedElsewhere)]
    [InlineData(302, PairingFailure.NotAGateway)]
    [InlineData(404, PairingFailure.NotAGateway)]
    [InlineData(405, PairingFailure.NotAGateway)]
    [InlineData(500, PairingFailure.Unreachable)]
    [InlineData(502, PairingFailure.Unreachable)]
    [InlineData(503, PairingFailure.Unreachable)]
    public async Task Status_code_should_tell_the_failure(int code, PairingFailure failure) =>
        Assert.Equal(failure, Failure(await PollAsync(Json("", (HttpStatusCode)code))).Failure);

    [Theory]
    [InlineData("<html>Welcome to nginx!</html>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"status":"fine"}""")]
    [InlineData("""{"status":7}""")]
    public async Task Other_answers_should_be_no_gateway(string body) =>
        Assert.Equal(PairingFailure.NotAGateway, Failure(await PollAsync(Json(body))).Failure);

    [Fact]
    public async Task Redirect_should_be_named_and_not_followed()
    {
        var response = Json("", HttpStatusCode.PermanentRedirect);
        response.Headers.Location = new Uri("https://other.example.com/api/nodes/me/pair?x=1");
        Assert.Contains("https://other.example.com,", Failure(await PollAsync(response)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, PairingFailure.Unreachable, "the name gw.example.com is not known")]
    [InlineData(HttpRequestError.SecureConnectionError, PairingFailure.Tls, "TLS")]
    [InlineData(HttpRequestError.InvalidResponse, PairingFailure.NotAGateway, "does not speak HTTP")]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, PairingFailure.NotAGateway, "does not speak HTTP")]
    [InlineData(HttpRequestError.ResponseEnded, PairingFailure.Unreachable, "closed the connection")]
    [InlineData(HttpRequestError.ProxyTunnelError, PairingFailure.Unreachable, "proxy")]
    public async Task Broken_request_should_be_told_by_its_code(HttpRequestError code, PairingFailure failure, string says)
    {
        var failed = Failure(await PollAsync(_ => throw new HttpRequestException(code, "text of no importance")));
        Assert.Equal(failure, failed.Failure);
        Assert.Contains("https://gw.example.com/sophon", failed.Message, StringComparison.Ordinal);
        Assert.Contains(says, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_port_should_be_named()
    {
        var failed = Failure(await PollAsync(_ => throw new HttpRequestException(
            HttpRequestError.ConnectionError, "…", new SocketException((int)SocketError.ConnectionRefused))));
        Assert.Equal(PairingFailure.Unreachable, failed.Failure);
        Assert.Contains("nothing listens at gw.example.com:443", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_certificate_should_come_with_what_is_wrong_with_it()
    {
        var failed = Failure(await PollAsync(
            _ => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "…", new AuthenticationException("…")), "its certificate is self-signed"));
        Assert.Equal(PairingFailure.Tls, failed.Failure);
        Assert.Contains("its certificate is self-signed", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Late_answer_should_be_unreachable() => Assert.Equal(
        PairingFailure.Unreachable,
        Failure(await PollAsync(_ => throw new TaskCanceledException("…", new TimeoutException()))).Failure);

    [Fact]
    public async Task Cancellation_should_be_thrown()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client(_ => Task.FromResult(Json("")), null).PollAsync(Gateway, Request, cancelled.Token));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task Clock_difference_should_be_ours_minus_theirs(int seconds)
    {
        var response = Json("""{"status":"pending"}""");
        response.Headers.Date = Now - TimeSpan.FromSeconds(seconds);
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await PollAsync(response)).ClockDifference);
    }

    [Fact]
    public async Task Missing_date_should_give_no_difference() => Assert.Null((await PollAsync(Json("""{"status":"pending"}"""))).ClockDifference);

    [Fact]
    public async Task Secret_and_token_should_be_known_to_the_redactor()
    {
        await PollAsync(Json("""{"status":"approved","token":"abc123.a1b2c3d4e5f6"}"""));
        Assert.Equal("[redacted] and [redacted]", secrets.Redact("s_a1b2c3d4e5 and a1b2c3d4e5f6"));
    }

    static PairPoll.Failed Failure(PairPoll poll) => Assert.IsType<PairPoll.Failed>(poll);

    Task<PairPoll> PollAsync(HttpResponseMessage response) => PollAsync(_ => Task.FromResult(response));

    Task<PairPoll> PollAsync(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer, string? certificateProblem = null) =>
        Client(answer, certificateProblem).PollAsync(Gateway, Request, CancellationToken.None);

    HttpPairingClient Client(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer, string? certificateProblem) =>
        new(new HttpClient(new FakeHandler(answer)), () => certificateProblem, secrets, new FakeTimeProvider(Now));

    static HttpResponseMessage Json(string body, HttpStatusCode code = HttpStatusCode.OK) => new(code) { Content = new StringContent(body) };
}
