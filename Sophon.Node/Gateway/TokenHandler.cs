using System.Net;
using System.Net.Http.Headers;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Gateway;

/// <summary>
/// Under negotiation and WebSocket upgrade alike: adds the token, and turns a refusal into its reason. SignalR never sees the token,
/// so it can't log it; and its own token provider would repeat a refused request.
/// </summary>
/// <param name="gateway">The only place that the token is sent to, whatever a negotiation answers.</param>
/// <param name="inQuery">As <c>access_token</c> besides the header.</param>
sealed class TokenHandler(Uri gateway, NodeToken token, bool inQuery, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Our clock minus the <c>Date</c> of the Gateway's last answer; null when none had one.</summary>
    public TimeSpan? ClockDifference { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsGateway(request.RequestUri!))
            throw new HttpRequestException($"the Gateway sends on to {request.RequestUri!.Authority}, and the token is sent to {gateway.Authority} only");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        if (inQuery) request.RequestUri = WithToken(request.RequestUri!);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } theirs) ClockDifference = DateTimeOffset.UtcNow - theirs;
        if (response.StatusCode != HttpStatusCode.Unauthorized) return response;

        var reason = ReasonOf(response);
        response.Dispose();
        throw new HubRefusedException(reason);
    }

    /// <summary>Why a 401 was answered; <see cref="DisconnectReasons.Unauthorized"/> where the Gateway does not say.</summary>
    public static string ReasonOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(WireNames.ReasonHeader, out var values) && values.FirstOrDefault() is { } reason && DisconnectReasons.IsFinal(reason)
            ? reason : DisconnectReasons.Unauthorized;

    // A WebSocket's request has the scheme wss.
    bool IsGateway(Uri uri) =>
        uri.IdnHost == gateway.IdnHost && uri.Port == gateway.Port && uri.Scheme is "https" or "wss" == gateway.Scheme is "https";

    Uri WithToken(Uri uri) => new UriBuilder(uri)
    {
        Query = $"{uri.Query}{(uri.Query.Length > 1 ? "&" : "?")}access_token={Uri.EscapeDataString(token.Reveal())}",
    }.Uri;
}
