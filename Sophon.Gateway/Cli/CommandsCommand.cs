using System.CommandLine;
using static Sophon.Gateway.Cli.GatewayClient;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway commands …</c>: what was asked before.</summary>
static class CommandsCommand
{
    public static Command Create()
    {
        var commands = new Command("commands", """
            Look at a command, or cancel it.

            Examples:
              sophon-gateway commands show 0199d3
              sophon-gateway commands cancel 0199d3
            """) { Show(), Cancel() };
        AddOptions(commands);
        return commands;
    }

    static Argument<string> IdArgument() => new("ID") { Description = "The commandId." };

    static Command Show()
    {
        var id = IdArgument();
        var save = new Option<string?>("--out") { Description = "Save the image, or else the result's JSON, to a file.", HelpName = "FILE" };
        var show = new Command("show", "Show a command's status and result; exit code 0 only when it succeeded.") { id, save };
        show.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            return CommandPrinting.Show(parsed, (await gateway.GetAsync("api/commands/" + Uri.EscapeDataString(parsed.GetValue(id)!), cancellation))!, parsed.GetValue(save));
        });
        return show;
    }

    static Command Cancel()
    {
        var id = IdArgument();
        var cancel = new Command("cancel", "Ask the node to cancel a command.") { id };
        cancel.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = From(parsed);
            var answer = await gateway.PostAsync($"api/commands/{Uri.EscapeDataString(parsed.GetValue(id)!)}/cancel", null, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine(WantsJson(parsed) ? Printing.Indented(answer) : $"{Text(answer, "commandId")} is {Text(answer, "status")}.");
        });
        return cancel;
    }
}
