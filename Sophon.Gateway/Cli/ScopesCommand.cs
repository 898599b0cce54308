using System.CommandLine;
using System.Text.Json.Nodes;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway nodes scopes</c>.</summary>
static class ScopesCommand
{
    public static Command Create()
    {
        var node = NodesCommand.NodeArgument();
        var set = new Option<string[]?>("--set") { Description = "Replace them all; separated by commas.", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore };
        var add = new Option<string[]>("--add") { Description = "Grant these too.", AllowMultipleArgumentsPerToken = true };
        var remove = new Option<string[]>("--remove") { Description = "Take these away.", AllowMultipleArgumentsPerToken = true };
        var scopes = new Command("scopes", """
            Show or change a node's permission scopes. A connected Node hears of a change at once.

            Examples:
              sophon-gateway nodes scopes "Office PC"
              sophon-gateway nodes scopes "Office PC" --add input.control,clipboard.access --remove notify.send
              sophon-gateway nodes scopes "Office PC" --set screen.capture
            """) { node, set, add, remove };
        scopes.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var found = await gateway.FindNodeAsync(parsed.GetValue(node)!, cancellation);
            var before = found["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ToList();
            var from = parsed.GetResult(set) is null ? before : Split(parsed.GetValue(set));
            var after = from.Union(Split(parsed.GetValue(add))).Except(Split(parsed.GetValue(remove))).ToList();
            var changes = parsed.GetResult(set) is not null || parsed.GetResult(add) is not null || parsed.GetResult(remove) is not null;
            var answer = changes
                ? (await gateway.SendAsync(HttpMethod.Put, $"api/nodes/{Text(found, "nodeId")}/scopes", new JsonObject { ["scopes"] = ToArray(after) }, cancellation))!
                : found;
            if (WantsJson(parsed)) parsed.InvocationConfiguration.Output.WriteLine(Printing.Indented(answer["scopes"]));
            else foreach (var scope in answer["scopes"]!.AsArray()) parsed.InvocationConfiguration.Output.WriteLine(scope!.GetValue<string>());
        });
        return scopes;
    }

    public static IReadOnlyList<string> Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    public static JsonArray ToArray(IEnumerable<string> scopes) => [.. scopes.Select(scope => JsonValue.Create(scope))];
}
