using Microsoft.AspNetCore.Authorization;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Live;

/// <summary>
/// <c>/live/{nodeId}</c>: a browser's WebSocket. Frames go out as binary messages, everything else as JSON in text messages. Seeing a screen
/// takes what reading a capture's result takes; clicking takes the same and the Node's scope.
/// </summary>
static class LiveViewEndpoint
{
    /// <summary>Ends the socket now and then, so that who has signed out or lost a role loses the view; the page connects again by itself.</summary>
    static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(5);

    public static void MapLiveView(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/live/{nodeId}", RunAsync).RequireAuthorization(ApiPolicies.Operate).ExcludeFromDescription();

    static async Task RunAsync(
        HttpContext http, string nodeId, NodeDirectory directory, LiveViews views, CommandService commands, IAuthorizationService authorization, GatewaySettings settings,
        IHostApplicationLifetime host, TimeProvider time)
    {
        if (directory.Find(nodeId) is null) throw NodeService.Missing(nodeId);
        if (!http.WebSockets.IsWebSocketRequest) throw new ProblemException(new Problem(StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, "This address takes a WebSocket."));

        // A foreign page's script could open this socket with the cookie of whoever visits it.
        if (!SameOrigin.Allows(http.Request, settings.PublicUrl))
            throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "A page of another origin may not watch."));
        var mayOperate = (await authorization.AuthorizeAsync(http.User, http, ApiPolicies.Operate)).Succeeded;

        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        using var session = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        using var end = time.CreateTimer(_ => session.Cancel(), null, LongestSession, Timeout.InfiniteTimeSpan);
        var viewer = new LiveViewer(nodeId, socket, views, commands, mayOperate, Caller.Of(http.User));
        await viewer.RunAsync(session);
    }
}
