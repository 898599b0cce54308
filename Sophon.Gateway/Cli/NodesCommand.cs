using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway nodes …</c>.</summary>
static class NodesCommand
{
    /// <summary>Every verb that names a node takes this.</summary>
    public static Argument<string> NodeArgument() => new("NODE") { Description = "The node's id, or its display name where only one has it." };

    public static Command Create()
    {
        var nodes = new Command("nodes", """
            Register, approve and drive nodes.

            Examples:
              sophon-gateway nodes add "Office PC" --platform linux
              sophon-gateway nodes list
              sophon-gateway nodes approve "Office PC" --scopes screen.capture,input.control --wait 60
              sophon-gateway nodes scopes "Office PC" --add clipboard.access
              sophon-gateway nodes exec "Office PC" input.keyboard.type --param text="Hello"
              sophon-gateway nodes exec "Office PC" screen.capture --param quality=90 --out shot.jpg
            """)
        {
            Add(), List(), Show(), ApproveCommand.Create(), Reject(), ScopesCommand.Create(), Rename(), Regenerate(),
            Remove("revoke", "Take a node's access away; a live connection is closed.", HttpMethod.Post, "/revoke", "is revoked"),
            Remove("delete", "Remove a node and its history.", HttpMethod.Delete, "", "is deleted"),
            ExecCommand.Create(), History(),
        };
        AddOptions(nodes);
        return nodes;
    }

    static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "The display name, e.g. \"Office PC\"." };
        var platform = new Option<string>("--platform") { Description = "windows, macos or linux.", Required = true };
        var add = new Command("add", "Register a node and print the pair command for its machine.") { name, platform };
        add.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var answer = await gateway.PostAsync("api/nodes", new JsonObject { ["displayName"] = parsed.GetValue(name), ["platform"] = parsed.GetValue(platform) }, cancellation);
            PrintCredentials(parsed, answer);
        });
        return add;
    }

    static Command Regenerate()
    {
        var node = NodeArgument();
        var regenerate = new Command("regenerate", "Make new pairing credentials for a node that is not in use.") { node };
        regenerate.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var id = Text(await gateway.FindNodeAsync(parsed.GetValue(node)!, cancellation), "nodeId");
            PrintCredentials(parsed, await gateway.PostAsync($"api/nodes/{id}/regenerate", null, cancellation));
        });
        return regenerate;
    }

    static void PrintCredentials(ParseResult parsed, JsonNode? answer)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (WantsJson(parsed))
        {
            output.WriteLine(Printing.Indented(answer));
            return;
        }

        output.WriteLine($"Node ID:      {Text(answer, "nodeId")}");
        output.WriteLine($"Pairing code: {Text(answer, "pairingCode")}");
        output.WriteLine($"Expires at:   {Text(answer, "expiresAt")}");
        output.WriteLine("Run this on the machine; the secret is shown once:");
        output.WriteLine("  " + Text(answer, "command"));
    }

    static Command List()
    {
        var list = new Command("list", "List all nodes.");
        list.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var nodes = (await gateway.GetAsync("api/nodes", cancellation))!.AsArray();
            if (WantsJson(parsed)) parsed.InvocationConfiguration.Output.WriteLine(Printing.Indented(nodes));
            else Printing.Table(parsed.InvocationConfiguration.Output, ["NODE", "NAME", "STATE", "PLATFORM", "VERSION", "CODE", "LAST SEEN"],
                [.. nodes.Select(node => (IReadOnlyList<string>)
                    [Text(node, "nodeId"), Text(node, "displayName"), Text(node, "state"), Text(node, "platform"), Text(node, "version"), Text(node, "pairingCode"), Minute(Text(node, "lastSeenAt"))])]);
        });
        return list;
    }

    static Command Show()
    {
        var node = NodeArgument();
        var show = new Command("show", "Show all that is known of a node, as JSON.") { node };
        show.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            parsed.InvocationConfiguration.Output.WriteLine(Printing.Indented(await gateway.FindNodeAsync(parsed.GetValue(node)!, cancellation)));
        });
        return show;
    }

    static Command Reject()
    {
        var node = NodeArgument();
        var reason = new Option<string?>("--reason") { Description = "Is shown on the machine." };
        var reject = new Command("reject", "Reject a waiting or pending node.") { node, reason };
        reject.SetAction((parsed, cancellation) => ChangeAsync(parsed, node, HttpMethod.Post, "/reject", new JsonObject { ["reason"] = parsed.GetValue(reason) }, "is rejected", cancellation));
        return reject;
    }

    static Command Rename()
    {
        var node = NodeArgument();
        var name = new Argument<string>("NAME") { Description = "The new display name." };
        var rename = new Command("rename", "Change a node's display name.") { node, name };
        rename.SetAction((parsed, cancellation) => ChangeAsync(
            parsed, node, HttpMethod.Patch, "", new JsonObject { ["displayName"] = parsed.GetValue(name) }, $"is called \"{parsed.GetValue(name)}\" now", cancellation));
        return rename;
    }

    static Command Remove(string verb, string description, HttpMethod method, string path, string done)
    {
        var node = NodeArgument();
        var yes = new Option<bool>("--yes") { Description = "Don't ask." };
        var remove = new Command(verb, description) { node, yes };
        remove.SetAction(async (parsed, cancellation) =>
        {
            if (!Printing.Confirm(parsed, $"Really {verb} {parsed.GetValue(node)}?", parsed.GetValue(yes))) return ExitCodes.Failed;
            await ChangeAsync(parsed, node, method, path, null, done, cancellation);
            return ExitCodes.Ok;
        });
        return remove;
    }

    static Command History()
    {
        var node = NodeArgument();
        var limit = new Option<int>("--limit") { Description = "How many, 1 to 200.", DefaultValueFactory = _ => 20 };
        var history = new Command("history", "List a node's commands, the newest first.") { node, limit };
        history.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var id = Text(await gateway.FindNodeAsync(parsed.GetValue(node)!, cancellation), "nodeId");
            var page = await gateway.GetAsync($"api/nodes/{id}/commands?limit={parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture)}", cancellation);
            if (WantsJson(parsed)) parsed.InvocationConfiguration.Output.WriteLine(Printing.Indented(page));
            else Printing.Table(parsed.InvocationConfiguration.Output, ["COMMAND", "TYPE", "STATUS", "MS", "ASKED BY", "AT", "ERROR"],
                [.. page!["items"]!.AsArray().Select(item => (IReadOnlyList<string>)
                    [Text(item, "commandId"), Text(item, "type"), Text(item, "status"), Text(item, "durationMs"), Text(item, "requestedBy"), Text(item, "createdAt"), Text(item?["error"], "code")])]);
        });
        return history;
    }

    /// <summary>One change of one node, and a line that says so.</summary>
    public static async Task ChangeAsync(
        ParseResult parsed, Argument<string> node, HttpMethod method, string path, JsonNode? body, string done, CancellationToken cancellationToken)
    {
        using var gateway = From(parsed);
        var found = await gateway.FindNodeAsync(parsed.GetValue(node)!, cancellationToken);
        var answer = await gateway.SendAsync(method, $"api/nodes/{Text(found, "nodeId")}{path}", body, cancellationToken);
        parsed.InvocationConfiguration.Output.WriteLine(
            WantsJson(parsed) ? Printing.Indented(answer) : $"{Text(found, "displayName")} ({Text(found, "nodeId")}) {done}.");
    }

    static string Minute(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var at) ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
}
