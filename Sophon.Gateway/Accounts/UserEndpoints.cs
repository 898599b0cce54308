using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>A user as administrators see them.</summary>
/// <param name="LockedUntil">Present while too many wrong passwords keep them from signing in.</param>
public sealed record UserView(
    string Id, string Name, string DisplayName, GatewayRole Role, bool Disabled, DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset? LastLoginAt)
{
    internal static UserView Of(AccountRecord account, DateTimeOffset now) => new(
        account.Id, account.Name, account.DisplayName, account.Role, account.Disabled, account.LockedUntil > now ? account.LockedUntil : null,
        account.CreatedAt, account.LastLoginAt);
}

/// <summary><c>GET /api/me</c>: who the Gateway takes the caller for.</summary>
public sealed record CallerView(string Id, string Name, GatewayRole Role, IReadOnlyList<string> Nodes, bool PreApproved);

/// <summary><c>PATCH /api/users/{userId}</c>: what is absent stays.</summary>
public sealed record UserChanges(string? DisplayName = null, GatewayRole? Role = null, bool? Disabled = null);

/// <summary><c>POST /api/users/{userId}/password</c>.</summary>
public sealed record PasswordReset(string? Password);

static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/me", (HttpContext http) => Caller.Of(http.User) is var caller ? new CallerView(caller.Id, caller.Name, caller.Role, caller.Nodes, caller.PreApproved) : null)
            .RequireAuthorization(ApiPolicies.View).WithTags("Users").WithSummary("Who the Gateway takes the caller for")
            .Produces<CallerView>().ProducesProblem(StatusCodes.Status401Unauthorized);

        var api = routes.MapGroup("/api/users").WithTags("Users").RequireAuthorization(ApiPolicies.Manage)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        api.MapGet("/", async (AccountService accounts, TimeProvider time, CancellationToken cancellationToken) =>
                (await accounts.ListAsync(cancellationToken)).Select(account => UserView.Of(account, time.GetUtcNow())))
            .WithSummary("All users").Produces<IEnumerable<UserView>>();

        api.MapPost("/", async (NewAccount request, HttpContext http, AccountService accounts, TimeProvider time) =>
                await accounts.AddAsync(Caller.Of(http.User), request) is var account ? Results.Created($"{http.Request.PathBase}/api/users/{account.Id}", UserView.Of(account, time.GetUtcNow())) : null)
            .WithSummary("Add a user").Produces<UserView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);

        api.MapPatch("/{userId}", ChangeAsync)
            .WithSummary("Change a user's display name or role, or disable them")
            .WithDescription("Takes effect in open sessions within seconds. The last administrator who can sign in stays one (409 lastAdministrator).")
            .Produces<UserView>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

        api.MapPost("/{userId}/password", async (string userId, PasswordReset request, HttpContext http, AccountService accounts, TimeProvider time) =>
                UserView.Of(await accounts.ResetPasswordAsync(Caller.Of(http.User), userId, request.Password), time.GetUtcNow()))
            .WithSummary("Set a user's password").WithDescription("Unlocks the user and ends all their sessions.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/{userId}/sign-out", async (string userId, HttpContext http, AccountService accounts, TimeProvider time) =>
                UserView.Of(await accounts.SignOutEverywhereAsync(Caller.Of(http.User), userId), time.GetUtcNow()))
            .WithSummary("End all sessions of a user").ProducesProblem(StatusCodes.Status404NotFound);

        api.MapDelete("/{userId}", async (string userId, HttpContext http, AccountService accounts) =>
            {
                await accounts.RemoveAsync(Caller.Of(http.User), userId);
                return Results.NoContent();
            })
            .WithSummary("Remove a user").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<IResult> ChangeAsync(string userId, UserChanges changes, HttpContext http, AccountService accounts, TimeProvider time) =>
        Results.Ok(UserView.Of(await accounts.ChangeAsync(Caller.Of(http.User), userId, changes), time.GetUtcNow()));
}
