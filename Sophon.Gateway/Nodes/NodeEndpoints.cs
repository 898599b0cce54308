using System.Security.Claims;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Nodes;

static class NodeEndpoints
{
    public static void MapNodes(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/nodes").WithTags("Nodes").ProducesProblem(StatusCodes.Status401Unauthorized);

        api.MapGet("/", (HttpContext http, NodeDirectory directory, NodeViews views) =>
                directory.All.Where(node => Caller.Of(http.User).Reaches(node.Id)).OrderBy(node => node.DisplayName, StringComparer.OrdinalIgnoreCase).ThenBy(node => node.Id, StringComparer.Ordinal).Select(views.Of))
            .RequireAuthorization(ApiPolicies.View)
            .WithSummary("All nodes")
            .Produces<IEnumerable<NodeView>>();

        api.MapGet("/{nodeId}", (string nodeId, NodeDirectory directory, NodeViews views) =>
                views.Of(directory.Find(nodeId) ?? throw NodeService.Missing(nodeId)))
            .RequireAuthorization(ApiPolicies.View)
            .WithSummary("One node: state, facts, scopes, last heartbeat")
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/me/audit-head", (HttpContext http, NodeDirectory directory) =>
                directory.Find(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!) is { } node && NodeViews.AuditHeadOf(node) is { } head ? Results.Ok(head) : Results.NoContent())
            .RequireAuthorization(NodeTokenHandler.Policy)
            .WithSummary("For a Node, with its own token: the head of its audit that the Gateway keeps")
            .WithDescription("The furthest that a heartbeat told of: an audit that does not hold it has lost its tail. 204 when none is kept.")
            .Produces<KeptAuditHead>().Produces(StatusCodes.Status204NoContent);

        var manage = api.MapGroup("").RequireAuthorization(ApiPolicies.Manage)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

        manage.MapPost("/", RegisterAsync)
            .WithSummary("Register a node")
            .WithDescription("Answers its id and pairing credentials. The secret is shown only here and counts for 15 minutes; command is ready to paste on the machine.")
            .Produces<RegisterNodeResponse>(StatusCodes.Status201Created);

        manage.MapPost("/{nodeId}/approve", async (string nodeId, ApproveRequest? request, HttpContext http, NodeService nodes, NodeViews views) =>
                views.Of(await nodes.ApproveAsync(Caller.Of(http.User), nodeId, request ?? new ApproveRequest())))
            .WithSummary("Approve a pending node")
            .WithDescription("Compare the pairing code with what the machine shows first. With factsHash the approval counts only for the facts that were seen (409 factsChanged). The machine has at least 2 more minutes to fetch its token.");

        manage.MapPost("/{nodeId}/reject", async (string nodeId, RejectRequest? request, HttpContext http, NodeService nodes, NodeViews views) =>
                views.Of(await nodes.RejectAsync(Caller.Of(http.User), nodeId, request?.Reason)))
            .WithSummary("Reject a waiting or pending node");

        manage.MapPost("/{nodeId}/revoke", async (string nodeId, HttpContext http, NodeService nodes, NodeViews views) => views.Of(await nodes.RevokeAsync(Caller.Of(http.User), nodeId)))
            .WithSummary("Take a node's access away")
            .WithDescription("Its token is void at once; a live connection is told so and closed, and what it had not answered ends as cancelled.");

        manage.MapPost("/{nodeId}/regenerate", RegenerateAsync)
            .WithSummary("Make new pairing credentials")
            .WithDescription("For a node that is not in use: waiting, pending, expired, rejected, revoked, or approved and never connected. The secret before it answers expired from now on.")
            .Produces<RegisterNodeResponse>();

        manage.MapPut("/{nodeId}/scopes", async (string nodeId, ScopesRequest request, HttpContext http, NodeService nodes, NodeViews views) =>
                views.Of(await nodes.SetScopesAsync(Caller.Of(http.User), nodeId, request.Scopes)))
            .WithSummary("Replace a node's permission scopes")
            .WithDescription("A connected Node is told at once. The Gateway checks them before it sends a command, the Node again before it runs it.");

        manage.MapPatch("/{nodeId}", async (string nodeId, RenameRequest request, HttpContext http, NodeService nodes, NodeViews views) =>
                views.Of(await nodes.RenameAsync(Caller.Of(http.User), nodeId, request.DisplayName)))
            .WithSummary("Rename a node");

        manage.MapDelete("/{nodeId}/audit-head", async (string nodeId, HttpContext http, NodeService nodes, NodeViews views) =>
                views.Of(await nodes.ForgetAuditHeadAsync(Caller.Of(http.User), nodeId)))
            .WithSummary("Forget the head of a Node's audit")
            .WithDescription("After an audit that lost records was looked at: what the Node tells of next is kept.");

        manage.MapDelete("/{nodeId}", async (string nodeId, HttpContext http, NodeService nodes) =>
            {
                await nodes.DeleteAsync(Caller.Of(http.User), nodeId);
                return Results.NoContent();
            })
            .WithSummary("Remove a node and its history")
            .Produces(StatusCodes.Status204NoContent);
    }

    static async Task<IResult> RegisterAsync(RegisterNodeRequest request, HttpContext http, PairingService pairing, GatewayUrls urls)
    {
        var (node, secret) = await pairing.RegisterAsync(Caller.Of(http.User), NodeChecks.DisplayName(request.DisplayName), NodeChecks.Platform(request.Platform));
        return Results.Created($"{http.Request.PathBase}/api/nodes/{node.Id}", Credentials(http, node, secret, urls));
    }

    static async Task<IResult> RegenerateAsync(string nodeId, HttpContext http, PairingService pairing, GatewayUrls urls)
    {
        var (node, secret) = await pairing.RegenerateAsync(Caller.Of(http.User), nodeId) ?? throw NodeService.Missing(nodeId);
        return Results.Ok(Credentials(http, node, secret, urls));
    }

    static RegisterNodeResponse Credentials(HttpContext http, NodeRecord node, string secret, GatewayUrls urls)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new RegisterNodeResponse(
            node.Id, secret, node.PairingCode, node.SecretExpiresAt, PairingCredentials.CommandLine(urls.For(http.Request), node.Id, secret));
    }
}
