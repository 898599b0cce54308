using Sophon.Node.Audit;
using Sophon.Node.Cli.Pair;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Identity;
using Sophon.Node.Identity.TokenStores;
using Sophon.Node.Logging;
using Sophon.Node.Policy;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli;

/// <summary>What every verb works with.</summary>
/// <param name="Input">Null when nobody can answer a question: standard input or output is no terminal.</param>
sealed record CliContext(NodeHome Home, TextWriter Output, TextWriter Error, TextReader? Input)
{
    public SecretRedactor Secrets { get; } = new();

    public IdentityStore Identity => field ??= IdentityFor(pairing: null);

    /// <summary>Where <c>--secret -</c> reads from a pipe.</summary>
    public TextReader StandardInput { get; init; } = TextReader.Null;

    /// <summary>Reads a line from the terminal without showing it; null when standard input is none.</summary>
    public Func<string>? ReadHidden { get; init; }

    public ITokenStore OsTokenStore { get => field ??= TokenStores.OfThisSystem(Home); init; }

    public PolicyFiles Policy => new(Home, AdministratorPolicy.OfThisMachine(), TimeProvider.System);

    /// <summary>Who gives a command on this machine, for the audit.</summary>
    public static string User => $"cli {Environment.UserName}";

    public static CliContext FromProcess() => new(
        NodeHome.FromEnvironment(), Console.Out, Console.Error, Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.In)
    {
        StandardInput = Console.In,
        ReadHidden = Console.IsInputRedirected ? null : PairingSecret.ReadHiddenLine,
    };

    /// <summary>A store that also remembers what <c>pair</c> was told.</summary>
    public IdentityStore IdentityFor(ConnectionSettings? pairing) => new(Home, Secrets, OsTokenStore, pairing);

    /// <summary>Null when there is nobody to ask. Anything but a yes is a no.</summary>
    public bool? Confirm(string question)
    {
        if (Input is null) return null;
        Output.Write($"{question} [y/N] ");
        return Input.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    public ExitCode Fail(ExitCode code, string message)
    {
        Error.WriteLine(message);
        return code;
    }

    /// <summary>Records what a verb has done. Where that fails the person is told: what they did holds all the same.</summary>
    public void Record(Actors.Audit.AuditEntry entry)
    {
        using var audit = new AuditFiles(Home.Audit, TimeProvider.System);
        try
        {
            audit.Append(entry);
        }
        catch (Actors.Audit.AuditUnavailableException error)
        {
            Error.WriteLine($"Warning: this is not recorded: {error.Message}");
        }
    }

    /// <summary>Turns what every verb may run into (files that can't be used, a fault) into one sentence and an exit code.</summary>
    public async Task<int> RunAsync(Func<Task<ExitCode>> verb)
    {
        try
        {
            return (int)await verb();
        }
        catch (Exception error) when (error is SettingsException or Actors.Pairing.IdentityStoreException)
        {
            return (int)Fail(ExitCode.Settings, error.Message);
        }
        catch (Sophon.Operations.Services.ServiceException error)
        {
            return (int)Fail(ExitCode.ServiceFailed, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (int)Fail(ExitCode.Settings, $"{NodeHome.Show(Home.Folder)} can't be used: {error.Message}");
        }
    }
}
