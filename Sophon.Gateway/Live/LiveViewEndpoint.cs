using Microsoft.AspNetCore.Authorization;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Live;

/// <summary>
/// <c>/live/{nodeId}</c>: a browser's WebSocket. Frames go out as binary messages, everything else as JSON in text messages. Watching
/// takes the role viewer and the Node's scope <c>screen.capture</c>; clicking takes the role operator and the Node's scope <c>input.control</c>.
/// </summary>
static class LiveViewEndpoint
{
    /// <summary>Ends the socket now and then, so that who has signed out or lost a role loses the view; the page connects again by itself.</summary>
    static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(5);

    public static void MapLiveView(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/live/{nodeId}", RunAsync).RequireAuthorization(ApiPolicies.View).ExcludeFromDescription();

    static async Task RunAsync(
        HttpContext http, string nodeId, NodeDirectory directory, LiveViews views, CommandService commands, IAuthorizationService authorization, GatewaySettings settings,
        IHostApplicationLifetime host, AuditLog audit, TimeProvider time)
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
        var caller = Caller.Of(http.User);
        audit.WriteBehind(caller, AuditAction.LiveViewStarted, nodeId: nodeId);
        await new LiveViewer(nodeId, socket, views, commands, mayOperate, caller).RunAsync(session);
        audit.WriteBehind(caller, AuditAction.LiveViewEnded, nodeId: nodeId);
    }
}
