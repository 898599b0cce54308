using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>A command that may run.</summary>
/// <param name="ReceivedAt">A timestamp: the deadline is <paramref name="Timeout"/> after it.</param>
public sealed record AdmittedCommand(string CommandId, CommandDefinition Definition, CommandArguments Arguments, TimeSpan Timeout, long ReceivedAt);

/// <summary>Whether a command may run: known? scope? valid? policy? Order matters: a caller without the scope learns nothing about parameters.</summary>
/// <param name="trustGatewayScopes">For a Gateway that never sends its scopes.</param>
public sealed class Admission(PolicySettings policy, bool trustGatewayScopes)
{
    /// <param name="scopes">What the Gateway sent last; null before its first word.</param>
    /// <returns>The command, or the error to answer with.</returns>
    public (AdmittedCommand? Command, CommandError? Error) Decide(CommandRequest request, IReadOnlySet<string>? scopes, long receivedAt)
    {
        if (request.Error is { } malformed) return (null, malformed);
        if (CommandCatalog.Find(request.Type) is not { } definition)
            return (null, new CommandError(ErrorCode.UnknownCommand, $"There is no command \"{Shorten(request.Type)}\"; docs/commands.md lists them all."));
        if (DeniedByScope(definition, scopes) is { } denied) return (null, denied);
        if (!ParameterValidator.TryRead(definition, request.Parameters, out var arguments, out var invalid)) return (null, invalid);
        if (DeniedByPolicy(definition, arguments) is { } refused) return (null, refused);
        return (new AdmittedCommand(request.CommandId, definition, arguments, request.Timeout, receivedAt), null);
    }

    CommandError? DeniedByScope(CommandDefinition definition, IReadOnlySet<string>? scopes)
    {
        if (scopes is not null)
        {
            return Scopes.Grants(scopes, definition.Scope)
                ? null
                : Denied($"{definition.Name} needs the scope {definition.Scope}. Grant it in the Dashboard: Settings → Devices → this Node → Permissions.");
        }

        if (trustGatewayScopes && definition.Scope != Scopes.SystemExecute) return null;
        return Denied($"{definition.Name} needs the scope {definition.Scope}, and the Gateway has not sent this Node's scopes. A Gateway that never does needs sophon.node.gateway.trust-gateway-scopes = on in node.conf.");
    }

    CommandError? DeniedByPolicy(CommandDefinition definition, CommandArguments arguments)
    {
        var runsProgram = definition.Scope == Scopes.SystemExecute || (definition.Name == "app.launch" && arguments.Has("path"));
        if (!runsProgram || policy.AllowSystemExecute) return null;
        return Denied($"{definition.Name} runs a program of the caller's choice, which this Node forbids: sophon.node.policy.allow-system-execute is off in node.conf.");
    }

    static CommandError Denied(string message) => new(ErrorCode.Denied, message);

    static string Shorten(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(60));
}
