using System.CommandLine;
using Sophon.Gateway.Hosting;

namespace Sophon.Gateway.Cli;

/// <summary>The program <c>sophon-gateway</c>.</summary>
static class GatewayCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        try
        {
            // The host ends on SIGTERM and Ctrl+C by itself.
            var code = await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return result.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (CliException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return error.ExitCode;
        }
        catch (GatewayStartException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.Unavailable;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"sophon-gateway failed: {error.GetType().Name}: {error.Message}");
            return ExitCodes.Fault;
        }
    }

    static RootCommand Create()
    {
        var version = new Command("version", "Show the version.");
        version.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine($"sophon-gateway {GatewayVersion.Informational}"));

        var root = new RootCommand("""
            The Sophon Gateway: registers, approves and drives Sophon Nodes.

            Without a verb it serves. The other verbs talk to a running Gateway, whose URL they take from --gateway or
            SOPHON_GATEWAY_URL and whose API token from --token or SOPHON_GATEWAY_TOKEN. The first run prints a token.

            Examples:
              sophon-gateway
              sophon-gateway serve --urls http://0.0.0.0:8080 --public-url https://gw.example.com
              sophon-gateway nodes add "Office PC" --platform linux
              sophon-gateway nodes approve "Office PC" --wait 60
              sophon-gateway nodes exec "Office PC" screen.capture --out shot.jpg

            Exit codes: 0 done, 1 the command failed or was refused, 2 usage, 3 the Gateway can't be reached or can't start,
            4 the token is missing, wrong or not enough, 70 a fault of this program.
            """);
        ServeCommand.AddTo(root);
        root.Subcommands.Add(NodesCommand.Create());
        root.Subcommands.Add(CommandsCommand.Create());
        root.Subcommands.Add(ApprovalsCommand.Create());
        root.Subcommands.Add(TokensCommand.Create());
        root.Subcommands.Add(AdminCommand.Create());
        root.Subcommands.Add(GatewayService.Create());
        root.Subcommands.Add(version);
        GatewayManual.AddTo(root);
        return root;
    }
}
