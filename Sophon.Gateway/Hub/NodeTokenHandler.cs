using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Gateway.Tokens;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hub;

/// <summary>
/// A Node's token on the hub: in the Authorization header, or as <c>access_token</c> in the query. Two that differ are refused.
/// A refusal is 401 with the reason in <see cref="WireNames.ReasonHeader"/>, on negotiate and on the WebSocket alike.
/// </summary>
sealed class NodeTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, NodeDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "NodeToken";
    public const string Policy = "node";

    const string Query = "access_token";

    /// <summary>The hash of the token that was presented: by the time the socket is up, it may have been replaced.</summary>
    public const string TokenHashClaim = "sophon.tokenHash";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Judge() is { } reason) return Task.FromResult(AuthenticateResult.Fail(reason));
        var token = Presented()!;
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, token.NodeId), new Claim(TokenHashClaim, NodeToken.HashOf(token.Secret))], NodeTokenHandler.SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), NodeTokenHandler.SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var reason = Judge() ?? DisconnectReasons.Unauthorized;
        Response.Headers[WireNames.ReasonHeader] = reason;
        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResponses.WriteAsync(Context, new Problem(StatusCodes.Status401Unauthorized, reason, reason switch
        {
            DisconnectReasons.NotApproved => "This Node isn't approved; approve it, then pair again.",
            DisconnectReasons.Revoked => "This Node's token was revoked; pair it again.",
            _ => "The Node's token is missing or wrong; pair it again.",
        }));
    }

    /// <summary>Null when the Node may connect. Only who presents the right token learns more than "unauthorized".</summary>
    string? Judge()
    {
        if (Presented() is not { } token) return DisconnectReasons.Unauthorized;
        var node = directory.Find(token.NodeId);
        if (!NodeToken.Matches(token.Secret, node?.TokenHash ?? NoHash)) return DisconnectReasons.Unauthorized;
        return node!.Stage switch
        {
            NodeStage.Approved or NodeStage.Active => null,
            NodeStage.Revoked => DisconnectReasons.Revoked,
            _ => DisconnectReasons.NotApproved,
        };
    }

    static readonly string NoHash = new('0', 64);

    NodeToken? Presented()
    {
        var header = BearerHeader.Read(Request);
        var query = Request.Query[Query].ToString() is { Length: > 0 } value ? value : null;
        if (header is not null && query is not null && header != query) return null;
        return NodeToken.TryParse(header ?? query, out var token) ? token : null;
    }
}
