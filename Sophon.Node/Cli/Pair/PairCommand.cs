using System.CommandLine;
using Sophon.Node.Actors;
using Sophon.Node.Cli.Help;
using Sophon.Node.Composition;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Gateway;

namespace Sophon.Node.Cli.Pair;

/// <summary><c>sophon-node pair</c>: asks the Gateway for a token until somebody approves in the Dashboard.</summary>
static class PairCommand
{
    public static Command Create(CliContext context)
    {
        var gateway = new Option<string>("--gateway") { Description = "The Gateway's address.", HelpName = "url", Required = true };
        var nodeId = new Option<string>("--node-id") { Description = "From the Dashboard.", HelpName = "id", Required = true };
        var secret = new Option<string?>("--secret") { Description = $"From the Dashboard; valid for 15 minutes. - reads it from standard input; without the option {PairingSecret.Variable} counts.", HelpName = "secret" };
        var force = new Option<bool>("--force") { Description = "Replace the pairing that this machine has, without asking." };
        var connection = new ConnectionOptions();
        var command = new ExampleCommand(
            "pair", "Pairs this machine with a Gateway. Copy the whole command from the Dashboard (Add Node), and approve there.",
            ("sophon-node pair --gateway https://gw.example.com --node-id abc123 --secret s_a1b2c3d4...", "as the Dashboard shows it"),
            ("sophon-node pair --gateway http://localhost:8080 --node-id abc123 --secret s_a1b2c3d4... --force", "a Gateway on this machine; replaces an older pairing"),
            ("sophon-node pair --gateway https://gw.example.com --node-id abc123 --secret - < secret.txt", "the secret in no history and no process list"),
            ("sophon-node pair --gateway https://gw.lan --node-id abc123 --secret - --ca-file ca.pem --token-store os", "a Gateway with a certificate of your own authority; the token into the keyring"))
        { gateway, nodeId, secret, force };
        connection.AddTo(command);
        command.SetAction((result, cancellationToken) => context.RunAsync(() => PairAsync(
            context, result.GetRequiredValue(gateway), result.GetRequiredValue(nodeId), PairingSecret.Read(context, result.GetValue(secret)),
            connection.Read(result), result.GetValue(force))));
        return command;
    }

    static async Task<ExitCode> PairAsync(CliContext context, string gatewayText, string nodeId, string? secret, ConnectionSettings connection, bool force)
    {
        if (!GatewayAddress.TryParse(gatewayText, out var gateway, out var fault)) return context.Fail(ExitCode.Usage, fault);
        if (string.IsNullOrWhiteSpace(nodeId) || string.IsNullOrWhiteSpace(secret))
            return context.Fail(ExitCode.Usage, $"--node-id and --secret must not be empty: copy the whole command from the Dashboard (Add Node). The secret may also come over standard input (--secret -) or in {PairingSecret.Variable}.");
        if (GatewayAddress.IsInsecure(gateway) && !connection.AllowInsecureHttp)
            return context.Fail(ExitCode.Usage, $"{GatewayAddress.Show(gateway)} is plain http to another machine: secret and token would travel in the clear, for anybody on the way to read and use. Put the Gateway behind https; where the network itself is trusted, add --allow-insecure-http.");
        context.Secrets.Add(secret);
        var trust = GatewayTrust.Load(connection);

        // A config.json that can't be read throws here: it is never overwritten, whatever --force says.
        if (context.Identity.Peek() is { } present && !force && MayReplace(context, present) is { } refusal) return refusal;

        var code = await new PairingRun(context, new Installation(context.Home, context.Secrets, context.IdentityFor(connection), trust)).RunAsync(gateway, nodeId.Trim(), secret);
        if (code == ExitCode.Success && NodeLock.IsHeld(context.Home))
            context.Error.WriteLine("A Node is running here with the old token: restart it to use the new one.");
        return code;
    }

    static ExitCode? MayReplace(CliContext context, NodeIdentity present)
    {
        var paired = $"This machine is already paired: Node {present.Token.NodeId} at {GatewayAddress.Show(present.GatewayUrl)}.";
        return context.Confirm($"{paired} Replace that?") switch
        {
            true => null,
            false => context.Fail(ExitCode.AlreadyPaired, "Nothing was changed."),
            null => context.Fail(ExitCode.AlreadyPaired, $"{paired} Add --force to replace that, or run 'sophon-node unpair' first."),
        };
    }
}
