using System.Net;
using System.Text.Json;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Audit;
using Sophon.Node.Gateway;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Node.Gateway;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

/// <summary><c>sophon-node audit verify</c> and the head that the Gateway keeps.</summary>
public sealed class AuditVerifySpecs : IDisposable
{
    readonly CliFixture cli = new();

    public void Dispose() => cli.Dispose();

    AuditHead Write(int count)
    {
        using var audit = new AuditFiles(cli.Home.Audit, TimeProvider.System, 1_000_000, 16);
        for (var number = 0; number < count; number++) audit.Append(new AuditEntry("commandStarted") { CommandId = $"c{number}" });
        return audit.Head!;
    }

    [Fact]
    public async Task Gateway_that_can_not_be_asked_should_be_said_and_not_fail_the_chain()
    {
        Write(3);
        Assert.Equal(0, await cli.RunAsync(null, "audit", "verify"));
        Assert.Contains("not paired", cli.Output.ToString(), StringComparison.Ordinal);
        cli.Pair(new NodeIdentity(new Uri("http://127.0.0.1:1"), new NodeToken("abc123", "a1b2c3d4e5f6")));
        Assert.Equal(0, await cli.RunAsync(null, "audit", "verify"));
        Assert.Contains("Failed to connect to Gateway at http://127.0.0.1:1", cli.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Whether the tail was cut off is not known.", cli.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await cli.RunAsync(null, "audit", "verify", "--offline"));
        Assert.Contains("(--offline)", cli.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a1b2c3d4e5f6", cli.Output.ToString() + cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent, "", "keeps no head of this audit yet")]
    [InlineData(HttpStatusCode.Unauthorized, "", "refuses this Node's token")]
    [InlineData(HttpStatusCode.NotFound, "", "keeps no heads of audits")]
    [InlineData(HttpStatusCode.OK, "<html>", "does not answer as a Sophon Gateway does")]
    [InlineData(HttpStatusCode.OK, """{"sequence":0,"hash":""}""", "does not answer as a Sophon Gateway does")]
    public async Task Answer_without_a_head_should_be_told_in_words(HttpStatusCode code, string body, string words)
    {
        var answer = await AskAsync(code, body);
        Assert.Contains(words, Assert.IsType<KeptHeadAnswer.Unknown>(answer).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_should_be_asked_for_with_the_nodes_token()
    {
        var head = new KeptAuditHead(7, new string('a', 64), DateTimeOffset.UnixEpoch);
        var kept = Assert.IsType<KeptHeadAnswer.Kept>(await AskAsync(HttpStatusCode.OK, JsonSerializer.Serialize(head, JsonSerializerOptions.Web), request =>
        {
            Assert.Equal("https://gw.example.com/api/nodes/me/audit-head", request.RequestUri!.ToString());
            Assert.Equal("Bearer abc123.a1b2c3d4e5f6", request.Headers.Authorization!.ToString());
        }));
        Assert.Equal(head, kept.Head);
    }

    static async Task<KeptHeadAnswer> AskAsync(HttpStatusCode code, string body, Action<HttpRequestMessage>? look = null)
    {
        using var http = new HttpClient(new FakeHandler(request =>
        {
            look?.Invoke(request);
            return new HttpResponseMessage(code) { Content = new StringContent(body) };
        }));
        return await new KeptHeadClient(http, () => null).AskAsync(CliFixture.Identity);
    }
}
