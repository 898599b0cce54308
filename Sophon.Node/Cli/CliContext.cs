using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Identity;
using Sophon.Node.Logging;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli;

/// <summary>What every verb works with.</summary>
/// <param name="Input">Null when nobody can answer a question: standard input or output is no terminal.</param>
sealed record CliContext(NodeHome Home, TextWriter Output, TextWriter Error, TextReader? Input)
{
    public SecretRedactor Secrets { get; } = new();

    public INodeIdentityStore Identity => new ConfigFile(Home, Secrets);

    public static CliContext FromProcess() => new(
        NodeHome.FromEnvironment(), Console.Out, Console.Error, Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.In);

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

    /// <summary>Turns what every verb may run into (files that can't be used, a fault) into one sentence and an exit code.</summary>
    public async Task<int> RunAsync(Func<Task<ExitCode>> verb)
    {
        try
        {
            return (int)await verb();
        }
        catch (Exception error) when (error is SettingsException or IdentityStoreException)
        {
            return (int)Fail(ExitCode.Settings, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (int)Fail(ExitCode.Settings, $"{NodeHome.Show(Home.Folder)} can't be used: {error.Message}");
        }
    }
}
