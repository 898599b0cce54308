using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway nodes exec</c>: runs one command and shows its answer.</summary>
static class ExecCommand
{
    public static Command Create()
    {
        var node = NodesCommand.NodeArgument();
        var type = new Argument<string>("COMMAND") { Description = "E.g. screen.capture; GET /api/commands lists them all." };
        var param = new Option<string[]>("--param") { Description = "A parameter; repeat it for more, and for the entries of an array.", HelpName = "NAME=VALUE" };
        var parameters = new Option<string?>("--parameters") { Description = "Parameters as a JSON object.", HelpName = "JSON" };
        var save = new Option<string?>("--out") { Description = "Save the image, or else the result's JSON, to a file.", HelpName = "FILE" };
        var timeout = new Option<int?>("--timeout") { Description = "Seconds, 1 to 120; the command's default when absent.", HelpName = "SECONDS" };
        var id = new Option<string?>("--command-id") { Description = "Repeating a request with its id never runs it twice.", HelpName = "ID" };
        var noWait = new Option<bool>("--no-wait") { Description = "Print the command's id at once; see sophon-gateway commands show." };
        var exec = new Command("exec", """
            Run a command on a node and print its result.

            Examples:
              sophon-gateway nodes exec "Office PC" system.info
              sophon-gateway nodes exec "Office PC" screen.capture --param maxWidth=800 --out shot.jpg
              sophon-gateway nodes exec "Office PC" input.keyboard.hotkey --param keys=ctrl --param keys=t
              sophon-gateway nodes exec "Office PC" window.move --parameters '{"title": "Notes", "x": 0, "y": 0}'

            Exit code 0 when the command succeeded, 1 when it did not.
            """) { node, type, param, parameters, save, timeout, id, noWait };
        exec.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var request = new JsonObject
            {
                ["type"] = parsed.GetValue(type),
                ["parameters"] = ExecParameters.Read(parsed.GetValue(type)!, parsed.GetValue(param) ?? [], parsed.GetValue(parameters)),
            };
            if (parsed.GetValue(timeout) is { } seconds) request["timeoutSeconds"] = seconds;
            var commandId = parsed.GetValue(id) ?? Guid.CreateVersion7().ToString("N");
            request["commandId"] = commandId;

            var nodeId = Text(await gateway.FindNodeAsync(parsed.GetValue(node)!, cancellation), "nodeId");
            if (parsed.GetValue(noWait))
            {
                var accepted = await gateway.PostAsync($"api/nodes/{nodeId}/commands?wait=false", request, cancellation);
                parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed) ? Printing.Indented(accepted) : Text(accepted, "commandId"));
                return ExitCodes.Ok;
            }

            var answer = await WithProgress(gateway.PostAsync($"api/nodes/{nodeId}/commands", request, cancellation), gateway, commandId, parsed, cancellation);
            return CommandPrinting.Show(parsed, answer!, parsed.GetValue(save));
        });
        return exec;
    }

    static async Task<JsonNode?> WithProgress(
        Task<JsonNode?> answer, GatewayClient gateway, string commandId, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)) == answer) return await answer;
        var errors = parsed.InvocationConfiguration.Error;
        if (await StatusAsync(gateway, commandId, cancellationToken) == "awaitingApproval")
            errors.WriteLine($"Waiting for a person's approval at the Gateway (Dashboard, or: sophon-gateway approvals approve {commandId})...");
        else if (!Console.IsErrorRedirected)
            errors.WriteLine("Waiting for the node's answer... (Ctrl+C stops the waiting, not the command)");
        return await answer;
    }

    static async Task<string> StatusAsync(GatewayClient gateway, string commandId, CancellationToken cancellationToken)
    {
        try
        {
            return Text(await gateway.GetAsync("api/commands/" + Uri.EscapeDataString(commandId), cancellationToken), "status");
        }
        catch (CliException)
        {
            return ""; // it may have been refused by now; its own answer says so
        }
    }
}

/// <summary>Shows a command's end.</summary>
static class CommandPrinting
{
    /// <returns>The exit code.</returns>
    public static int Show(ParseResult parsed, JsonNode command, string? save)
    {
        var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var status = Text(command, "status");
        if (status == "succeeded" && save is not null) Save(command["result"], save, errors);

        var result = command["result"]?.DeepClone();
        if (WantsJson(parsed)) output.WriteLine(Printing.Indented(save is null ? command : Shortened(command.DeepClone())));
        else if (result is not null && save is null) output.WriteLine(Printing.Indented(Shortened(result)));

        if (command["resultDropped"]?.GetValue<bool>() == true) errors.WriteLine("The result was delivered before and is not kept.");
        if (status == "succeeded") return ExitCodes.Ok;
        errors.WriteLine(command["error"] is { } error ? $"{status}: {Text(error, "code")}: {Text(error, "message")}" : status);
        return ExitCodes.Failed;
    }

    static void Save(JsonNode? result, string path, TextWriter errors)
    {
        try
        {
            if (result?["image"] is { } image)
            {
                var bytes = Convert.FromBase64String(image.GetValue<string>());
                File.WriteAllBytes(path, bytes);
                errors.WriteLine($"Saved {path} ({Text(result, "width")}x{Text(result, "height")}, {bytes.Length} bytes)");
            }
            else
            {
                File.WriteAllText(path, Printing.Indented(result) + "\n");
                errors.WriteLine($"Saved {path}");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CliException(ExitCodes.Failed, $"{path} can't be written: {error.Message}");
        }
    }

    /// <summary>A picture says nothing in a terminal.</summary>
    static JsonNode Shortened(JsonNode json)
    {
        var holder = json["result"] ?? json;
        if (holder is JsonObject members && members["image"] is JsonValue image && image.GetValueKind() == JsonValueKind.String)
            members["image"] = $"({image.GetValue<string>().Length} characters of base64; --out FILE saves the image)";
        return json;
    }
}
