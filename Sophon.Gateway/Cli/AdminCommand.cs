using System.CommandLine;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store;
using Sophon.Gateway.Tokens;

namespace Sophon.Gateway.Cli;

/// <summary>What needs access to the data folder instead of a token.</summary>
static class AdminCommand
{
    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "What the token is for; shown with the commands that it asks for.", DefaultValueFactory = _ => "admin" };
        var token = new Command("token", """
            Make a new administrator token and print it.

            It works beside a running Gateway, which takes the token at once.

            Example:
              export SOPHON_GATEWAY_TOKEN=$(sophon-gateway admin token --name scripts)
            """) { name, ServeCommand.Data };
        token.SetAction(async (parsed, cancellation) =>
        {
            using var folder = DataFolder.Open(parsed.GetValue(ServeCommand.Data));
            parsed.InvocationConfiguration.Output.WriteLine(await MakeAsync(folder, parsed.GetValue(name)!, cancellation));
            return ExitCodes.Ok;
        });
        return new Command("admin", "Administer the Gateway on its own machine.") { token };
    }

    static async Task<string> MakeAsync(DataFolder folder, string name, CancellationToken cancellationToken)
    {
        var store = GatewayStore.Of(GatewaySettings.Read(GatewayConfiguration.Load(folder)), folder);
        try
        {
            await using (var db = store.CreateDbContext()) await StoreMigration.RunAsync(db, cancellationToken);
            return await new ApiTokens(store, TimeProvider.System).CreateAsync(name, GatewayRole.Administrator, cancellationToken);
        }
        catch (Exception error) when (error is DbException or DbUpdateException or RetryLimitExceededException)
        {
            throw new GatewayStartException(store.Explain(error), error);
        }
    }
}
