using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Hosting;

static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live", version = GatewayVersion.Text }))
            .WithTags("Health").WithSummary("The process answers");
        routes.MapGet("/health/ready", ReadyAsync)
            .WithTags("Health").WithSummary("The store answers too")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<IResult> ReadyAsync(GatewayStartup startup, IDbContextFactory<GatewayDb> databases, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return startup.IsReady && await db.Database.CanConnectAsync(cancellationToken)
            ? Results.Ok(new { status = "ready", version = GatewayVersion.Text })
            : throw new ProblemException(new Problem(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, "The Gateway's store does not answer.") { RetryAfterSeconds = 5 });
    }
}
