using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>A command that may run.</summary>
/// <param name="ReceivedAt">A timestamp: the deadline is <paramref name="Timeout"/> after it.</param>
/// <param name="Program">The program that it starts; null when it starts none.</param>
/// <param name="AskBecause">The rule that wants a person to be asked first; null when nobody has to be, or somebody was.</param>
/// <param name="ParameterBytes">UTF-8 bytes of its parameters as they came.</param>
public sealed record AdmittedCommand(
    string CommandId, CommandDefinition Definition, CommandArguments Arguments, TimeSpan Timeout, long ReceivedAt,
    ProgramCall? Program = null, PolicyVerdict? AskBecause = null, long ParameterBytes = 0)
{
    /// <summary>The person said yes: to this one, whatever becomes of grants.</summary>
    public bool Consented { get; init; }
}

/// <summary>Whether a command may run: known? scope? valid? policy? Order matters: a caller without the scope learns nothing about parameters.</summary>
/// <param name="trustGatewayScopes">For a Gateway that never sends its scopes.</param>
public sealed class Admission(IPolicySource policy, IProgramLocator programs, bool trustGatewayScopes)
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

        var command = new AdmittedCommand(
            request.CommandId, definition, arguments, request.Timeout, receivedAt,
            ProgramCall.Of(definition, arguments)?.Located(programs), ParameterBytes: request.ParameterBytes);
        return Decide(command);
    }

    /// <summary>The policy's word alone, as it stands now: for a command that was admitted before and has not run yet.</summary>
    public (AdmittedCommand? Command, CommandError? Error) Decide(AdmittedCommand command)
    {
        var (error, ask) = PolicyGate.Decide(policy.Current, policy.Clock, command.Definition, command.Arguments, command.Program);
        if (error is not null) return (null, error);
        if (ask is null || command.Consented) return (command with { AskBecause = null }, null);

        // Nobody is to be asked about a program that can't run anyway.
        return command.Program!.FullPath is null
            ? (null, new CommandError(ErrorCode.NotFound, $"There is no executable program {Shorten(command.Program.Program)}."))
            : (command with { AskBecause = ask }, null);
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

    static CommandError Denied(string message) => new(ErrorCode.Denied, message);

    static string Shorten(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(60));
}
