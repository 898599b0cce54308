using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sophon.Gateway.Approvals;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway approvals …</c>: commands that wait for a person.</summary>
static class ApprovalsCommand
{
    public static Command Create()
    {
        var approvals = new Command("approvals", """
            Look at commands that wait for a person's approval, approve or reject them.

            A token never approves what it asked for itself; others only an administrator's token.

            Examples:
              sophon-gateway approvals list
              sophon-gateway approvals approve 0199d3
              sophon-gateway approvals reject 0199d3 --reason "not on a weekday"
            """) { List(), Approve(), Reject() };
        AddOptions(approvals);
        return approvals;
    }

    static Argument<string> IdArgument() => new("ID") { Description = "The commandId, or its beginning where only one has it." };

    static Command List()
    {
        var list = new Command("list", "List what waits, with all that it would do.");
        list.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var pending = (await gateway.GetAsync("api/approvals", cancellation))!.AsArray();
            var output = parsed.InvocationConfiguration.Output;
            if (WantsJson(parsed)) output.WriteLine(Printing.Indented(pending));
            else if (pending.Count == 0) output.WriteLine("Nothing waits for an approval.");
            else foreach (var approval in pending) Describe(output, approval!);
        });
        return list;
    }

    static Command Approve()
    {
        var id = IdArgument();
        var yes = new Option<bool>("--yes") { Description = "Don't ask." };
        var approve = new Command("approve", "Show a command with all that it would do, and approve exactly that, once.") { id, yes };
        approve.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var approval = await FindAsync(gateway, parsed.GetValue(id)!, cancellation);
            Describe(parsed.InvocationConfiguration.Error, approval);
            if (!Printing.Confirm(parsed, "Run this once?", parsed.GetValue(yes))) return ExitCodes.Failed;
            var answer = await gateway.PostAsync($"api/approvals/{Text(approval, "commandId")}/approve", new JsonObject { ["digest"] = Text(approval, "digest") }, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed) ? Printing.Indented(answer) : $"{Text(answer, "commandId")} is approved.");
            return ExitCodes.Ok;
        });
        return approve;
    }

    static Command Reject()
    {
        var id = IdArgument();
        var reason = new Option<string?>("--reason") { Description = "Is told to who asked." };
        var reject = new Command("reject", "Reject a command; it does not run.") { id, reason };
        reject.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var approval = await FindAsync(gateway, parsed.GetValue(id)!, cancellation);
            var answer = await gateway.PostAsync($"api/approvals/{Text(approval, "commandId")}/reject", new JsonObject { ["reason"] = parsed.GetValue(reason) }, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed) ? Printing.Indented(answer) : $"{Text(answer, "commandId")} is rejected.");
        });
        return reject;
    }

    static async Task<JsonNode> FindAsync(GatewayClient gateway, string id, CancellationToken cancellationToken)
    {
        var found = (await gateway.GetAsync("api/approvals", cancellationToken))!.AsArray().Where(approval => Text(approval, "commandId").StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => found[0]!,
            0 => throw new CliException(ExitCodes.Failed, $"No command {id} waits for an approval. sophon-gateway commands show {id} says how it ended."),
            _ => throw new CliException(ExitCodes.Failed, $"{found.Count} commands begin with {id}; give more of the id."),
        };
    }

    static void Describe(TextWriter output, JsonNode approval)
    {
        output.WriteLine($"{Text(approval, "commandId")}  {Text(approval, "type")}");
        output.WriteLine($"  node:     {ShownText.Of(Text(approval, "nodeName"))} ({Text(approval, "nodeId")})");
        output.WriteLine($"  asked by: {ShownText.Of(Text(approval, "requestedBy"))}, until {Until(approval)}; the timeout is {Text(approval, "timeoutSeconds")} s from the approval");
        foreach (var (name, value) in approval["parameters"]!.AsObject()) output.WriteLine($"  {name}: {ShownText.Of(Printing.OnOneLine(value))}");
        if (Text(approval, "refusal") is { Length: > 0 } refusal) output.WriteLine($"  {refusal}");
        output.WriteLine();
    }

    static string Until(JsonNode approval) =>
        DateTimeOffset.TryParse(Text(approval, "expiresAt"), CultureInfo.InvariantCulture, out var at) ? at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : "";
}
