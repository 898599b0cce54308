using System.CommandLine;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Cli.Help;
using Sophon.Node.Files;
using Sophon.Node.Identity;

namespace Sophon.Node.Cli.Unpair;

/// <summary><c>sophon-node unpair</c>: deletes config.json, after a confirmation.</summary>
static class UnpairCommand
{
    public static Command Create(CliContext context)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new ExampleCommand(
            "unpair", "Deletes this machine's token, from the operating system's store too. Revoke the Node in the Dashboard too.",
            ("sophon-node unpair", "asks first"),
            ("sophon-node unpair --yes", "for scripts"))
        { yes };
        command.SetAction((result, _) => context.RunAsync(() => Task.FromResult(Unpair(context, result.GetValue(yes)))));
        return command;
    }

    static ExitCode Unpair(CliContext context, bool yes)
    {
        var store = context.Identity;
        if (!File.Exists(context.Home.Config))
        {
            context.Output.WriteLine("This machine is not paired: there is nothing to delete.");
            return ExitCode.Success;
        }

        var who = Describe(store);
        if (!yes)
        {
            switch (context.Confirm($"Delete {store.Location} ({who})? The Node can't connect again without a new pairing."))
            {
                case null: return context.Fail(ExitCode.Usage, "Nobody can be asked here (no terminal). Add --yes to delete the token without a question.");
                case false: return context.Fail(ExitCode.Problem, "Nothing was deleted.");
            }
        }

        store.Delete();
        context.Record(new AuditEntry("unpaired") { By = CliContext.User, Detail = who });
        context.Output.WriteLine($"{store.Location} is deleted. Revoke the Node in the Dashboard too (Settings → Devices): whoever copied the token could still use it.");
        if (NodeLock.IsHeld(context.Home)) context.Output.WriteLine("A Node is still running here with the old token: stop it.");
        return ExitCode.Success;
    }

    static string Describe(IdentityStore store)
    {
        try
        {
            return store.Peek() is { } identity ? $"Node {identity.Token.NodeId} at {Gateway.GatewayAddress.Show(identity.GatewayUrl)}" : "empty";
        }
        catch (IdentityStoreException)
        {
            return "it can't be read";
        }
    }
}
