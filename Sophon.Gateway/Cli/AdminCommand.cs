using System.CommandLine;
using System.Globalization;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Gateway.Tokens;

namespace Sophon.Gateway.Cli;

/// <summary>What needs access to the data folder instead of a token.</summary>
static class AdminCommand
{
    public static Command Create() => new("admin", "Administer the Gateway on its own machine, beside a Gateway that may be running.") { User(), SetupCode(), Token() };

    static Command User()
    {
        var name = new Argument<string>("NAME") { Description = "What the user signs in with." };
        var displayName = new Option<string?>("--display-name") { Description = "How others see them; the name when absent." };
        var role = Role();
        var create = new Command("create", """
            Make a user for the Dashboard. The password is asked for, or read as a line of standard input.

            Examples:
              sophon-gateway admin create anna
              sophon-gateway admin create bob --role operator --display-name "Bob Smith" < password.txt
            """) { name, displayName, role, ServeCommand.Data };
        create.SetAction((parsed, cancellation) => InFolderAsync(parsed, async store =>
        {
            var password = PasswordInput.Read(parsed.InvocationConfiguration.Error);
            var accounts = new AccountService(
                new AccountDirectory(store.Writer, store, TimeProvider.System), store.Writer, new Passwords(), store.Audit, TimeProvider.System);
            var account = await accounts.AddAsync(Caller.Machine, new NewAccount(parsed.GetValue(name), parsed.GetValue(displayName), parsed.GetValue(role), password));
            return $"{account.Name} can sign in as {Word(account.Role)}.";
        }, cancellation));
        return create;
    }

    static Command SetupCode()
    {
        var code = new Command("setup-code", """
            Make and print a new setup code, with which the first administrator makes an account at /setup.

            It counts for an hour, once; the one before it counts no longer.

            Example:
              sophon-gateway admin setup-code
            """) { ServeCommand.Data };
        code.SetAction((parsed, cancellation) => InFolderAsync(parsed, async store =>
            await store.Writer.DecideAsync(db => SetupCodes.Make(db, TimeProvider.System)) is { } made
                ? made.Code
                : throw new CliException(ExitCodes.Failed, "There is an administrator already, who can add users. If nobody knows the password: sophon-gateway admin create makes another one."), cancellation));
        return code;
    }

    static Command Token()
    {
        var name = new Option<string>("--name") { Description = "What the token is for; shown with the commands that it asks for.", DefaultValueFactory = _ => "admin" };
        var role = Role();
        var preApproved = new Option<bool>("--pre-approved") { Description = "Its commands wait for no person's approval at the Gateway; the Node's own consent is needed all the same." };
        var token = new Command("token", """
            Make a new API token and print it.

            A running Gateway takes it at once. sophon-gateway tokens lists and revokes them.

            Examples:
              export SOPHON_GATEWAY_TOKEN=$(sophon-gateway admin token --name scripts)
              sophon-gateway admin token --name monitoring --role viewer
            """) { name, role, preApproved, ServeCommand.Data };
        token.SetAction((parsed, cancellation) => InFolderAsync(parsed, async store => (await new ApiTokens(store, store.Writer, store.Audit, TimeProvider.System).CreateAsync(
            Caller.Machine, new NewApiToken(parsed.GetValue(name), parsed.GetValue(role), PreApproved: parsed.GetValue(preApproved)))).Token, cancellation));
        return token;
    }

    public static Option<GatewayRole> Role() => new("--role")
    {
        Description = "administrator, operator or viewer.",
        DefaultValueFactory = _ => GatewayRole.Administrator,
        CustomParser = result =>
        {
            if (Enum.TryParse<GatewayRole>(result.Tokens[0].Value, ignoreCase: true, out var role) && Enum.IsDefined(role)) return role;
            result.AddError($"--role takes administrator, operator or viewer, not {result.Tokens[0].Value}.");
            return default;
        },
    };

    public static string Word(GatewayRole role) => role.ToString().ToLower(CultureInfo.InvariantCulture);

    static async Task<int> InFolderAsync(ParseResult parsed, Func<LocalStore, Task<string>> make, CancellationToken cancellationToken)
    {
        using var folder = DataFolder.Open(parsed.GetValue(ServeCommand.Data));
        try
        {
            parsed.InvocationConfiguration.Output.WriteLine(await LocalStore.UseAsync(folder, make, cancellationToken));
            return ExitCodes.Ok;
        }
        catch (ProblemException refused)
        {
            throw new CliException(ExitCodes.Failed, refused.Message);
        }
    }
}
