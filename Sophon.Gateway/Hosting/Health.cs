using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Hosting;

static class Health
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live", version = GatewayVersion.Text }))
            .WithTags("Health").WithSummary("The process answers");
        routes.MapGet("/health/ready", ReadyAsync)
            .WithTags("Health").WithSummary("The store answers too")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Not ready: while the Gateway starts or stops, and while the store does not answer a query. A load balancer sends nobody then.</summary>
    static async Task<IResult> ReadyAsync(
        GatewayStartup startup, IHostApplicationLifetime lifetime, IDbContextFactory<GatewayDb> databases, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) throw NotReady(ProblemCodes.ShuttingDown, "The Gateway stops.");
        if (!startup.IsReady || !await AnswersAsync(databases, cancellationToken)) throw NotReady(ProblemCodes.StoreUnavailable, "The Gateway's store does not answer.");
        return Results.Ok(new { status = "ready", version = GatewayVersion.Text });
    }

    static async Task<bool> AnswersAsync(IDbContextFactory<GatewayDb> databases, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var db = await databases.CreateDbContextAsync(patience.Token);
            await db.Database.ExecuteSqlRawAsync("SELECT 1", patience.Token);
            return true;
        }
        catch (Exception error) when (error is DbException or RetryLimitExceededException or OperationCanceledException)
        {
            return false;
        }
    }

    static ProblemException NotReady(string code, string message) => new(new Problem(StatusCodes.Status503ServiceUnavailable, code, message) { RetryAfterSeconds = 5 });
}
