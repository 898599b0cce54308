using Sophon.Gateway.Accounts;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Tokens;

/// <summary>A token as administrators see it: without its secret.</summary>
/// <param name="LastUsedAt">To the minute.</param>
/// <param name="Counts">Neither revoked nor expired.</param>
public sealed record ApiTokenView(
    string Id, string Name, GatewayRole Role, IReadOnlyList<string> Nodes, bool PreApproved, DateTimeOffset CreatedAt, string? CreatedBy,
    DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, bool Counts)
{
    internal static ApiTokenView Of(ApiTokenRecord token, DateTimeOffset now) => new(
        token.Id, token.Name, token.Role, token.Nodes, token.PreApproved, token.CreatedAt, token.CreatedBy,
        token.ExpiresAt, token.LastUsedAt, token.RevokedAt, token.RevokedAt is null && !(token.ExpiresAt <= now));
}

/// <summary>A new token.</summary>
/// <param name="Secret">The token itself; no other answer has it.</param>
public sealed record NewApiTokenView(ApiTokenView Token, string Secret);

static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/tokens").WithTags("Tokens").RequireAuthorization(ApiPolicies.Manage)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        api.MapGet("/", async (ApiTokens tokens, TimeProvider time, CancellationToken cancellationToken) =>
                (await tokens.ListAsync(cancellationToken)).Select(token => ApiTokenView.Of(token, time.GetUtcNow())))
            .WithSummary("All API tokens, without their secrets")
            .Produces<IEnumerable<ApiTokenView>>();

        api.MapPost("/", CreateAsync)
            .WithSummary("Make an API token")
            .WithDescription("The answer's secret is the token itself and is shown only here. role is viewer, operator or administrator; nodes limits it to some nodes; preApproved makes its commands wait for no person's approval at the Gateway.")
            .Produces<NewApiTokenView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest);

        api.MapDelete("/{tokenId}", async (string tokenId, HttpContext http, ApiTokens tokens, TimeProvider time) =>
                ApiTokenView.Of(await tokens.RevokeAsync(Caller.Of(http.User), tokenId), time.GetUtcNow()))
            .WithSummary("Revoke an API token")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> CreateAsync(NewApiToken request, HttpContext http, ApiTokens tokens, TimeProvider time)
    {
        var (record, secret) = await tokens.CreateAsync(Caller.Of(http.User), request);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"{http.Request.PathBase}/api/tokens/{record.Id}", new NewApiTokenView(ApiTokenView.Of(record, time.GetUtcNow()), secret));
    }
}
