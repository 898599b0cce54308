using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Cli.Help;
using Sophon.Node.Policy;

namespace Sophon.Node.Cli.Grants;

/// <summary><c>sophon-node grants</c>: which are in force; <c>grants revoke</c> ends them.</summary>
static class GrantsCommand
{
    const string All = "all";

    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "One JSON array.", Recursive = true };
        var list = new ExampleCommand("list", "Lists the grants that are in force.", ("sophon-node grants list", "for people"));
        list.SetAction((result, _) => context.RunAsync(() => Task.FromResult(List(context, result.GetValue(json)))));

        var id = new Argument<string>("id") { Description = "A grant's id from the list, or all." };
        var revoke = new ExampleCommand(
            "revoke", "Ends a grant, within 2 s. What runs already goes on; to end that too: sophon-node pause.",
            ("sophon-node grants revoke 1f2e3d4c", "one"),
            ("sophon-node grants revoke all", "all of them"))
        { id };
        revoke.SetAction((result, _) => context.RunAsync(() => Task.FromResult(Revoke(context, result.GetRequiredValue(id)))));

        var command = new ExampleCommand(
            "grants", "Lists the grants that let programs run for a while, or revokes them.",
            ("sophon-node grants", "which are in force, and for how long"),
            ("sophon-node grants --json", "for scripts"))
        { list, revoke, json };
        command.SetAction((result, _) => context.RunAsync(() => Task.FromResult(List(context, result.GetValue(json)))));
        return command;
    }

    /// <summary>What it covers, in words.</summary>
    public static string What(Grant grant) =>
        grant.Digest is { } digest ? $"one exact call (SHA-256 {digest[..12]}…)" : grant.Program is { } program ? $"programs at {program}" : "every program that the policy does not forbid";

    static ExitCode List(CliContext context, bool asJson)
    {
        var clock = context.Policy.Clock;
        var inForce = GrantFiles.Read(context.Home).Where(grant => grant.Remaining(clock) > TimeSpan.Zero).ToList();
        if (asJson)
        {
            List<GrantLine> lines = [.. inForce.Select(grant => new GrantLine(grant.Id, "system.execute", grant.Program, grant.Digest, grant.By, grant.ExpiresAt, Math.Ceiling(grant.Remaining(clock).TotalSeconds)))];
            context.Output.WriteLine(JsonSerializer.Serialize(lines, GrantsJson.Default.ListGrantLine));
        }
        else if (inForce.Count == 0)
        {
            context.Output.WriteLine("No grant is in force.");
        }

        if (!asJson)
        {
            foreach (var grant in inForce)
            {
                var left = TimeSpan.FromSeconds(Math.Ceiling(grant.Remaining(clock).TotalSeconds));
                context.Output.WriteLine($"{grant.Id}  system.execute  {left:hh\\:mm\\:ss} left  {What(grant)}, by {grant.By}");
            }
        }

        return ExitCode.Success;
    }

    static ExitCode Revoke(CliContext context, string id)
    {
        var chosen = GrantFiles.Read(context.Home).Where(grant => id == All || grant.Id == id).ToList();
        if (chosen.Count == 0 && id != All) return context.Fail(ExitCode.Problem, $"There is no grant {id}. See: sophon-node grants");
        foreach (var grant in chosen)
        {
            GrantFiles.Delete(context.Home, grant);
            context.Record(new AuditEntry("grantRevoked") { By = CliContext.User, Detail = grant.Id });
        }

        context.Output.WriteLine(chosen.Count == 1 ? $"Grant {chosen[0].Id} is revoked." : $"{chosen.Count} grants are revoked.");
        return ExitCode.Success;
    }
}

/// <param name="Program">A pattern over full paths; null when it covers all, or one exact call.</param>
/// <param name="Digest">SHA-256 of the one call that it covers; null when it covers more.</param>
sealed record GrantLine(string Id, string Scope, string? Program, string? Digest, string By, DateTimeOffset ExpiresAt, double SecondsLeft);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(List<GrantLine>))]
sealed partial class GrantsJson : JsonSerializerContext;
