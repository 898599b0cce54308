using Sophon.Gateway.Accounts;
using Sophon.Gateway.Commands;

namespace Sophon.Gateway.Approvals;

static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/approvals").WithTags("Approvals").RequireAuthorization(ApiPolicies.Operate)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        api.MapGet("/", (HttpContext http, ApprovalService approvals) => approvals.Pending(Caller.Of(http.User)))
            .WithSummary("Commands that wait for a person's approval")
            .WithDescription("The oldest first, each with all that it would do: command, arguments, folder, environment, input, and who asked.");

        api.MapPost("/{commandId}/approve", async (string commandId, ApprovalRequest request, HttpContext http, ApprovalService approvals) =>
                CommandView.Of(await approvals.ApproveAsync(Caller.Of(http.User), commandId, request.Digest), withResult: false))
            .WithSummary("Approve a command, once")
            .WithDescription("digest is that of the approval as it was seen: the approval counts for exactly that (409 approvalChanged). Who comes second gets 409 alreadyDecided. A token never approves what it asked for, and other tokens only when they are an administrator's. The Node's own consent is needed all the same.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

        api.MapPost("/{commandId}/reject", async (string commandId, RejectionRequest? request, HttpContext http, ApprovalService approvals) =>
                CommandView.Of(await approvals.RejectAsync(Caller.Of(http.User), commandId, request?.Reason), withResult: false))
            .WithSummary("Reject a command")
            .WithDescription("It ends as denied with the error approvalRejected, and did not run.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
