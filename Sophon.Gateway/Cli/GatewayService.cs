using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Sophon.Operations.Services;

namespace Sophon.Gateway.Cli;

/// <summary><c>sophon-gateway service …</c>: the Gateway under the service manager of this system.</summary>
static class GatewayService
{
    static readonly Option<bool> User = new("--user") { Description = "Linux: a service of your own account instead of the machine's; it needs no root." };

    static readonly string[] KeptVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "DOTNET_ROOT"];

    public static Command Create() =>
        new ServiceCommand("sophon-gateway", MakeVerb, RunAsync).Create(
            "Let the system start this Gateway by itself and keep it running: systemd, launchd, or Windows' services.",
            [User], [ServeCommand.Urls, ServeCommand.PublicUrl, ServeCommand.Data]);

    /// <summary>As all verbs here, with the examples in the description.</summary>
    public static Command MakeVerb(string name, string description, (string CommandLine, string Purpose)[] examples) =>
        new(name, $"{description}\n\nExamples:\n{string.Concat(examples.Select(example => $"  {example.CommandLine}\n"))}");

    static async Task<int> RunAsync(ServiceVerb verb, ParseResult parsed, bool dryRun, CancellationToken cancellationToken)
    {
        var ofMachine = !OperatingSystem.IsMacOS() && !parsed.GetValue(User);
        var arguments = new List<string> { "serve" };
        if (verb == ServiceVerb.Install)
        {
            if (parsed.GetValue(ServeCommand.Urls) is { } urls) arguments.AddRange(["--urls", urls]);
            if (parsed.GetValue(ServeCommand.PublicUrl) is { } publicUrl) arguments.AddRange(["--public-url", publicUrl]);
        }

        var data = parsed.GetResult(ServeCommand.Data) is { } given ? given.GetValueOrDefault<string?>() : null;
        if (ofMachine && OperatingSystem.IsLinux())
        {
            if (data is not null) throw new CliException(ExitCodes.Usage, "As a service of the machine the Gateway keeps its data in /var/lib/sophon-gateway, which systemd makes for it. --data goes with --user.");
            data = "/var/lib/sophon-gateway";
        }

        if (data is not null) arguments.AddRange(["--data", Path.GetFullPath(data)]);
        var manager = ServiceManagers.Pick(Definition(arguments, data), ofMachine, linger: false);
        var output = parsed.InvocationConfiguration.Output;
        var runner = new ServiceRunner(output);
        if (dryRun)
        {
            await output.WriteLineAsync($"# {manager.Name}");
            runner.Show(manager.Plan(verb));
            if (manager.Obstacle is { } later) await output.WriteLineAsync($"# But now: {later}");
            return ExitCodes.Ok;
        }

        if (manager.Obstacle is { } obstacle) throw new CliException(ExitCodes.Unavailable, obstacle);
        try
        {
            var code = await runner.RunAsync(manager.Plan(verb), cancellationToken);
            if (verb == ServiceVerb.Status) return code == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (ServiceException error)
        {
            throw new CliException(ExitCodes.Unavailable, error.Message);
        }

        await output.WriteLineAsync(verb == ServiceVerb.Uninstall ? "Uninstalled. The data stays." : $"Done: {verb.ToString().ToLowerInvariant()}.");
        if (verb != ServiceVerb.Install) return ExitCodes.Ok;
        foreach (var note in manager.Notes) await output.WriteLineAsync(note);
        await output.WriteLineAsync("Its first run wrote an administrator's token to its log (Linux: journalctl -u sophon-gateway | grep 'Admin token').");
        return ExitCodes.Ok;
    }

    static ServiceDefinition Definition(IEnumerable<string> arguments, string? data) =>
        new("sophon-gateway", "dev.sophon.gateway", "SophonGateway", "Sophon Gateway: registers, approves and drives Sophon Nodes", ServiceManagers.OwnCommandLine(AssemblyFile, arguments))
        {
            Environment = KeptVariables.Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }).ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!),
            FinalExitCodes = [ExitCodes.Usage],
            StateFolder = data ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".sophon-gateway"),
        };

    /// <summary>Empty in a program of one file.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Empty is the answer that is asked for.")]
    static string AssemblyFile => typeof(GatewayService).Assembly.Location;
}
