using Microsoft.AspNetCore.Authorization;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>Authorization policies for people and API tokens alike; a role covers those below it.</summary>
static class ApiPolicies
{
    public const string View = "view";
    public const string Operate = "operate";
    public const string Manage = "manage";

    public static void Add(AuthorizationOptions options)
    {
        AddRole(options, View, GatewayRole.Viewer);
        AddRole(options, Operate, GatewayRole.Operator);
        AddRole(options, Manage, GatewayRole.Administrator);
    }

    static void AddRole(AuthorizationOptions options, string name, GatewayRole least) =>
        options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().AddRequirements(new LeastRole(least)));
}

/// <summary>At least this role; and where a request names a node, one that the caller reaches.</summary>
sealed record LeastRole(GatewayRole Role) : IAuthorizationRequirement;

sealed class LeastRoleHandler : AuthorizationHandler<LeastRole>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, LeastRole requirement)
    {
        if (Caller.TryOf(context.User) is { } caller && caller.Role >= requirement.Role && Reaches(caller, requirement, context.Resource as HttpContext))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    /// <summary>A token for some nodes manages these and nothing else; what it sees of lists is for the endpoint to narrow.</summary>
    static bool Reaches(Caller caller, LeastRole requirement, HttpContext? http) =>
        http?.GetRouteValue("nodeId") is string nodeId ? caller.Reaches(nodeId) : caller.Nodes.Count == 0 || requirement.Role < GatewayRole.Administrator;
}
