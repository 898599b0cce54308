using System.Text.Json;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Json;

namespace Sophon.Node.Actors.Policy;

/// <summary>The Node's own word on a command that scopes and catalogue have let pass: pause, policy, grants.</summary>
public static class PolicyGate
{
    /// <param name="program">Located; null when the command starts none.</param>
    /// <returns>What stands against it, and whether a person has to be asked. Neither: it may run.</returns>
    public static (CommandError? Error, PolicyVerdict? Ask) Decide(
        PolicySnapshot snapshot, Grants.MachineClock clock, CommandDefinition definition, CommandArguments arguments, ProgramCall? program)
    {
        if (snapshot.Fault is { } fault)
            return (new(ErrorCode.Denied, $"{definition.Name} is denied, since the Node has no valid policy: {fault} Everything is denied until that is corrected (sophon-node policy check)."), null);
        if (ForbiddenByPause(snapshot, definition) is { } paused) return (paused, null);

        var verdict = snapshot.Policy.Decide(definition, arguments, program, call => snapshot.Grants.Any(grant => grant.Covers(call, clock)));
        return verdict.Strictness switch
        {
            Strictness.Allow => (null, null),
            Strictness.Ask => (null, verdict),
            _ => (Denied(definition, verdict), null),
        };
    }

    /// <summary>Whether the command drives or sees the desktop, or runs programs: everything but facts about the machine.</summary>
    public static bool StopsAtPause(CommandDefinition definition) => definition.Scope != Scopes.SystemInfo;

    public static CommandError? ForbiddenByPause(PolicySnapshot snapshot, CommandDefinition definition) =>
        snapshot.Pause is { } pause && StopsAtPause(definition)
            ? new(ErrorCode.Paused, $"The Node is paused, by {pause.By} at {pause.Since:yyyy-MM-dd HH:mm:ss} UTC. On the machine: sophon-node resume")
            : null;

    static CommandError Denied(CommandDefinition definition, PolicyVerdict verdict) => new(
        ErrorCode.Denied,
        $"{definition.Name} is denied by the Node's policy ({verdict.Rule}): {verdict.Because}.",
        JsonSerializer.SerializeToElement(
            new Dictionary<string, string>
            {
                ["file"] = verdict.Rule!.File,
                ["line"] = verdict.Rule.Line?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                ["rule"] = verdict.Rule.Name,
            },
            ProtocolJson.Default.DictionaryStringString));
}
