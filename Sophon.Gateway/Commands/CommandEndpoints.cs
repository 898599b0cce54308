using Sophon.Gateway.Accounts;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

static class CommandEndpoints
{
    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Commands").ProducesProblem(StatusCodes.Status401Unauthorized);

        api.MapPost("/nodes/{nodeId}/commands", SubmitAsync)
            .RequireAuthorization(ApiPolicies.Operate)
            .WithSummary("Run a command on a Node")
            .WithDescription("Waits for the final status and answers 200 whatever it is: a command that failed on the Node is an answer, not an error. With ?wait=false it answers 202 at once, with the command's address in Location. Errors (4xx) mean that the command never got in. A repeated commandId with the same request returns the first one's result and never runs twice; with another request it is 409. A caller that goes away does not cancel its command. One that runs a program of the caller's choice waits for a person's approval first (awaitingApproval, up to 5 minutes); its timeout counts from then.")
            .Produces<CommandView>()
            .Produces<CommandView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("/nodes/{nodeId}/commands", HistoryAsync)
            .RequireAuthorization(ApiPolicies.View)
            .WithSummary("A Node's history")
            .WithDescription("The newest first, without results. limit is 1 to 200; before takes the next of the page before.")
            .Produces<CommandPage>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/commands", () => CommandCatalog.All.Select(CatalogEntry.Of))
            .RequireAuthorization(ApiPolicies.View)
            .WithSummary("The catalogue: every command with its parameters, scope and risk")
            .Produces<IEnumerable<CatalogEntry>>();

        api.MapGet("/commands/{commandId}", GetAsync)
            .RequireAuthorization(ApiPolicies.View)
            .WithSummary("A command as it stands")
            .WithDescription("A final status comes with the result. Images, clipboard, typed text and program output are dropped once they have been delivered (resultDropped), unless the Gateway keeps full results. Only who may run commands gets the result of one that is dropped.")
            .Produces<CommandView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/commands/{commandId}/output", OutputAsync)
            .RequireAuthorization(ApiPolicies.Operate)
            .WithSummary("Live output of a running command")
            .WithDescription("What system.execute has written so far, after the sequence number given as after (-1: everything). Empty once the command is over: the result has it.")
            .Produces<CommandOutputView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/commands/{commandId}/cancel", CancelAsync)
            .RequireAuthorization(ApiPolicies.Operate)
            .WithSummary("Cancel a command")
            .WithDescription("One that was not sent yet is over at once; else the Node is asked, and its answer decides. Cancelling a command that is over changes nothing.")
            .Produces<CommandView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> SubmitAsync(
        string nodeId, CommandRequest request, bool? wait, HttpContext http, CommandService commands, IHostApplicationLifetime lifetime)
    {
        var (open, record) = await commands.SubmitAsync(nodeId, request, Caller.Of(http.User));
        if (open is null) return Deliver(http, commands, record);
        if (wait == false) return Results.Accepted($"{http.Request.PathBase}/api/commands/{record.Id}", CommandView.Of(open.Record, withResult: false));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return Deliver(http, commands, await open.WaitAsync(stop.Token));
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status503ServiceUnavailable, ProblemCodes.ShuttingDown, $"The Gateway stops. The command goes on; ask for it later: GET /api/commands/{record.Id}",
                new Dictionary<string, object?> { ["commandId"] = record.Id }) { RetryAfterSeconds = 5 });
        }
    }

    static async Task<IResult> GetAsync(string commandId, HttpContext http, CommandService commands)
    {
        var record = await FindAsync(http, commandId, commands);
        return http.User.IsInRole(nameof(GatewayRole.Viewer)) ? Results.Ok(CommandView.Of(record, withResult: false)) : Deliver(http, commands, record);
    }

    static async Task<CommandView> CancelAsync(string commandId, HttpContext http, CommandService commands)
    {
        await FindAsync(http, commandId, commands);
        return CommandView.Of(await commands.CancelAsync(Caller.Of(http.User), commandId) ?? throw Missing(commandId), withResult: false);
    }

    /// <summary>A token for some nodes doesn't learn of the commands of others.</summary>
    static async Task<CommandRecord> FindAsync(HttpContext http, string commandId, CommandService commands) =>
        await commands.FindAsync(commandId) is { } record && Caller.Of(http.User).Reaches(record.NodeId) ? record : throw Missing(commandId);

    static async Task<CommandOutputView> OutputAsync(string commandId, int? after, HttpContext http, CommandService commands, CommandLedger ledger)
    {
        var output = ledger.Find(commandId)?.Output;
        var record = await FindAsync(http, commandId, commands);
        var chunks = output?.After(after ?? -1) ?? [];
        return new CommandOutputView(
            commandId, record.Status, [.. chunks.Select(chunk => new CommandOutputChunk(chunk.Sequence, chunk.Stream ?? "", chunk.Text))],
            chunks.Count > 0 ? chunks[^1].Sequence : after ?? -1, output?.Truncated ?? false);
    }

    static async Task<CommandPage> HistoryAsync(
        string nodeId, int? limit, string? before, NodeDirectory directory, CommandHistory history, CancellationToken cancellationToken)
    {
        if (directory.Find(nodeId) is null) throw new ProblemException(Problem.NotFound($"There is no node {nodeId}."));
        if (limit is < 1 or > CommandHistory.LargestPage) throw new ProblemException(Problem.Invalid("limit", $"limit is {limit}; it takes a whole number, 1 to {CommandHistory.LargestPage}."));
        if (!CommandHistory.TryReadCursor(before, out var cursor)) throw new ProblemException(Problem.Invalid("before", "before takes the next of an earlier page."));
        return await history.ReadAsync(nodeId, limit ?? CommandHistory.DefaultPage, cursor, cancellationToken);
    }

    /// <summary>Answers with the result, which is dropped when the answer is out.</summary>
    static IResult Deliver(HttpContext http, CommandService commands, CommandRecord record)
    {
        if (record.Result is not null) http.Response.OnCompleted(() =>
        {
            if (!http.RequestAborted.IsCancellationRequested) commands.Delivered(record);
            return Task.CompletedTask;
        });
        return Results.Ok(CommandView.Of(record));
    }

    static ProblemException Missing(string commandId) => new(Problem.NotFound(
        commandId.Length > WireLimits.MaxCommandIdLength ? "There is no such command." : $"There is no command {commandId}; it may be older than the retention."));
}
