using System.Text.Json.Serialization;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Policy;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Cli.Policy;

/// <summary>What <c>policy show</c> tells.</summary>
/// <param name="Commands">Before parameters are looked at.</param>
/// <param name="Rules">Those that depend on parameters.</param>
sealed record PolicyReport(Actors.Policy.Pause? Paused, int GrantsInForce, IReadOnlyList<CommandLineOfPolicy> Commands, IReadOnlyList<string> Rules)
{
    public static PolicyReport Of(PolicySnapshot snapshot, MachineClock clock)
    {
        PolicyLayer[] layers = snapshot.Policy.Administrator is { } beneath ? [beneath, snapshot.Policy.User] : [snapshot.Policy.User];
        return new(
            snapshot.Pause,
            snapshot.Grants.Count(grant => grant.Remaining(clock) > TimeSpan.Zero),
            [.. CommandCatalog.All.Select(command => Decide(layers, command))],
            [.. layers.SelectMany(RulesOf)]);
    }

    static CommandLineOfPolicy Decide(PolicyLayer[] layers, CommandDefinition command)
    {
        var verdict = layers.Select(layer => layer.DecideByName(command)).Aggregate(PolicyVerdict.Stricter);
        if (verdict.Strictness != Strictness.Deny && command.Scope == Scopes.SystemExecute)
        {
            var programs = layers.Select(layer => new PolicyVerdict(layer.OtherPrograms.Decision, layer.OtherPrograms.Rule)).Aggregate(PolicyVerdict.Stricter);
            verdict = PolicyVerdict.Stricter(verdict, programs);
        }

        return new(command.Name, PolicyReader.NameOf(verdict.Strictness), verdict.Strictness == Strictness.Allow ? null : verdict.Rule?.ToString());
    }

    static IEnumerable<string> RulesOf(PolicyLayer layer) =>
        layer.Arguments.Select(rule => $"{rule.Patterns.Rule}: {string.Join(", ", rule.Patterns.Patterns.Select(pattern => $"\"{pattern}\""))}")
            .Concat(layer.Programs.Select(rule => $"{rule.Rule}: {PolicyReader.NameOf(rule.Decision)} {string.Join(", ", rule.Paths)}"));
}

sealed record CommandLineOfPolicy(string Command, string Decision, string? Rule);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(PolicyReport))]
sealed partial class PolicyReportJson : JsonSerializerContext;
