using System.CommandLine;
using System.Text.Json.Nodes;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway nodes approve</c>: shows what is approved, and approves nothing else.</summary>
static class ApproveCommand
{
    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var node = NodesCommand.NodeArgument();
        var scopes = new Option<string[]>("--scopes")
        {
            Description = "What the node may be asked to do, separated by commas. Default: screen.capture, system.info, notify.send. node.command grants all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var name = new Option<string?>("--name") { Description = "A new display name." };
        var code = new Option<string?>("--code") { Description = "The pairing code that the machine shows; another one is refused." };
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for the machine's pair command.", HelpName = "SECONDS" };
        var yes = new Option<bool>("--yes") { Description = "Don't ask." };
        var approve = new Command("approve", """
            Approve a pending node. Compare the pairing code with what its machine shows.

            Examples:
              sophon-gateway nodes approve "Office PC"
              sophon-gateway nodes approve k3x9q --code BCD-123 --scopes node.command --wait 120
            """) { node, scopes, name, code, wait, yes };
        approve.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var pending = await PendingAsync(gateway, parsed.GetValue(node)!, TimeSpan.FromSeconds(parsed.GetValue(wait)), parsed.InvocationConfiguration.Error, cancellation);
            Describe(parsed.InvocationConfiguration.Error, pending);
            if (parsed.GetValue(code) is { } expected && !string.Equals(expected, Text(pending, "pairingCode"), StringComparison.OrdinalIgnoreCase))
                throw new CliException(ExitCodes.Failed, $"The node's pairing code is {Text(pending, "pairingCode")}, not {expected}: not approved.");
            if (!Printing.Confirm(parsed, "Does the machine show this code?", parsed.GetValue(yes) || parsed.GetValue(code) is not null)) return ExitCodes.Failed;

            var request = new JsonObject { ["factsHash"] = pending["factsHash"]?.DeepClone(), ["displayName"] = parsed.GetValue(name) };
            if (ScopesCommand.Split(parsed.GetValue(scopes)) is { Count: > 0 } chosen) request["scopes"] = ScopesCommand.ToArray(chosen);
            var answer = await gateway.PostAsync($"api/nodes/{Text(pending, "nodeId")}/approve", request, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed)
                ? Printing.Indented(answer)
                : $"{Text(answer, "displayName")} ({Text(answer, "nodeId")}) is approved. Scopes: {string.Join(", ", answer!["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()))}");
            return ExitCodes.Ok;
        });
        return approve;
    }

    static async Task<JsonNode> PendingAsync(GatewayClient gateway, string idOrName, TimeSpan patience, TextWriter progress, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var told = false;
        while (true)
        {
            var node = await gateway.FindNodeAsync(idOrName, cancellationToken);
            // Everything but waiting is for the Gateway to judge: it says in words what is wrong.
            if (Text(node, "state") != "waiting" || TimeProvider.System.GetElapsedTime(started) >= patience) return node;
            if (!told) progress.WriteLine($"Waiting up to {patience.TotalSeconds:0} s for the machine's pair command...");
            told = true;
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    static void Describe(TextWriter output, JsonNode node)
    {
        if (Text(node, "state") != "pending") return;
        var facts = node["facts"];
        output.WriteLine($"Pairing code: {Text(node, "pairingCode")}");
        output.WriteLine($"Machine:      {Text(facts, "hostName")} ({Text(facts, "osDescription")}), user {Text(facts, "userName")}, from {Text(facts, "address")}");
        foreach (var warning in node["warnings"]!.AsArray()) output.WriteLine($"Warning:      {warning}");
    }
}
