using System.Net;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Gateway;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Node.Gateway;

public sealed class TokenHandlerSpecs
{
    static readonly Uri Gateway = new("https://gw.example.com");
    static readonly NodeToken Token = new("abc123", "a1b2c3d4e5f6");

    HttpRequestMessage? seen;

    [Theory]
    [InlineData("https://gw.example.com/hubs/node/negotiate?negotiateVersion=1")]
    [InlineData("wss://gw.example.com/hubs/node?id=7")]
    public async Task Token_should_go_into_the_header_only(string url)
    {
        await SendAsync(url, inQuery: false, new HttpResponseMessage());
        Assert.Equal("Bearer abc123.a1b2c3d4e5f6", seen!.Headers.Authorization!.ToString());
        Assert.Equal(new Uri(url), seen.RequestUri);
    }

    [Theory]
    [InlineData("https://gw.example.com/hubs/node", "?access_token=abc123.a1b2c3d4e5f6")]
    [InlineData("wss://gw.example.com/hubs/node?id=7", "?id=7&access_token=abc123.a1b2c3d4e5f6")]
    public async Task Token_should_go_into_the_query_too_when_asked(string url, string query)
    {
        await SendAsync(url, inQuery: true, new HttpResponseMessage());
        Assert.Equal(query, seen!.RequestUri!.Query);
        Assert.NotNull(seen.Headers.Authorization);
    }

    [Theory]
    [InlineData("https://elsewhere.example.com/hubs/node")]
    [InlineData("https://gw.example.com:8443/hubs/node")]
    [InlineData("http://gw.example.com:443/hubs/node")]
    public async Task Token_should_never_go_elsewhere(string url)
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(url, inQuery: false, new HttpResponseMessage()));
        Assert.Null(seen);
    }

    [Theory]
    [InlineData("revoked", "revoked")]
    [InlineData("notApproved", "notApproved")]
    [InlineData("superseded", "superseded")]
    [InlineData(null, "unauthorized")]
    [InlineData("something new", "unauthorized")]
    public async Task Refusal_should_carry_its_reason(string? header, string reason)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        if (header is not null) response.Headers.Add(WireNames.ReasonHeader, header);
        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => SendAsync("https://gw.example.com/hubs/node", false, response));
        Assert.Equal(reason, refused.Reason);
    }

    [Fact]
    public async Task Other_codes_should_pass()
    {
        var response = await SendAsync("https://gw.example.com/hubs/node", false, new HttpResponseMessage(HttpStatusCode.BadGateway));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    async Task<HttpResponseMessage> SendAsync(string url, bool inQuery, HttpResponseMessage response)
    {
        using var client = new HttpMessageInvoker(new TokenHandler(Gateway, Token, inQuery, new FakeHandler(request =>
        {
            seen = request;
            return response;
        })));
        return await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), CancellationToken.None);
    }
}
