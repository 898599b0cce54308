using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway tokens …</c>: API tokens of a running Gateway.</summary>
static class TokensCommand
{
    public static Command Create()
    {
        var tokens = new Command("tokens", """
            List, make and revoke API tokens.

            Examples:
              sophon-gateway tokens list
              sophon-gateway tokens add "night job" --role operator --node "Office PC" --days 90
              sophon-gateway tokens revoke sg_k3x9q2mz
            """) { List(), Add(), Revoke() };
        AddOptions(tokens);
        return tokens;
    }

    static Command List()
    {
        var list = new Command("list", "List all API tokens, without their secrets.");
        list.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var tokens = (await gateway.GetAsync("api/tokens", cancellation))!.AsArray();
            if (WantsJson(parsed)) parsed.InvocationConfiguration.Output.WriteLine(Printing.Indented(tokens));
            else Printing.Table(parsed.InvocationConfiguration.Output, ["TOKEN", "NAME", "ROLE", "NODES", "COUNTS", "PRE-APPROVED", "LAST USED", "EXPIRES"],
                [.. tokens.Select(token => (IReadOnlyList<string>)
                    [Text(token, "id"), Text(token, "name"), Text(token, "role"), string.Join(",", token!["nodes"]!.AsArray()), YesNo(token, "counts"), YesNo(token, "preApproved"), Text(token, "lastUsedAt"), Text(token, "expiresAt")])]);
        });
        return list;
    }

    static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "What it is for; shown with what it does." };
        var role = AdminCommand.Role();
        var node = new Option<string[]>("--node") { Description = "A node that it reaches, by id or name; repeat it for more. All nodes when absent.", HelpName = "NODE" };
        var days = new Option<int?>("--days") { Description = "Days until it expires; it counts until it is revoked when absent.", HelpName = "DAYS" };
        var preApproved = new Option<bool>("--pre-approved") { Description = "Its commands wait for no person's approval at the Gateway; the Node's own consent is needed all the same." };
        var add = new Command("add", "Make an API token and print it; it is shown once.") { name, role, node, days, preApproved };
        add.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var request = new JsonObject
            {
                ["name"] = parsed.GetValue(name),
                ["role"] = AdminCommand.Word(parsed.GetValue(role)),
                ["preApproved"] = parsed.GetValue(preApproved),
            };
            var nodes = new JsonArray();
            foreach (var wanted in parsed.GetValue(node) ?? []) nodes.Add(Text(await gateway.FindNodeAsync(wanted, cancellation), "nodeId"));
            request["nodes"] = nodes;
            if (parsed.GetValue(days) is { } count) request["expiresAt"] = DateTimeOffset.UtcNow.AddDays(count).ToString("O", CultureInfo.InvariantCulture);
            var answer = await gateway.PostAsync("api/tokens", request, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed) ? Printing.Indented(answer) : Text(answer, "secret"));
        });
        return add;
    }

    static Command Revoke()
    {
        var id = new Argument<string>("TOKEN") { Description = "The token's id: what stands before its dot." };
        var revoke = new Command("revoke", "Revoke an API token; it counts no longer from now on.") { id };
        revoke.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var answer = await gateway.SendAsync(HttpMethod.Delete, "api/tokens/" + Uri.EscapeDataString(parsed.GetValue(id)!.Split('.')[0]), null, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed) ? Printing.Indented(answer) : $"{Text(answer, "name")} ({Text(answer, "id")}) is revoked.");
        });
        return revoke;
    }

    static string YesNo(JsonNode? token, string member) => Text(token, member) == "true" ? "yes" : "no";
}
