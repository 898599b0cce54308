using System.Text;

namespace Sophon.Node.Cli.Pair;

/// <summary>Where <c>pair</c> gets the secret: the option, standard input, or the environment.</summary>
static class PairingSecret
{
    public const string Variable = "SOPHON_PAIRING_SECRET";

    const string FromInput = "-";

    /// <param name="option">What <c>--secret</c> says; null when it is not given.</param>
    /// <returns>Null when there is none.</returns>
    public static string? Read(CliContext context, string? option)
    {
        var secret = option ?? FromEnvironment();
        if (option is not null && option != FromInput && !CommandLineSecret.TryHide(option))
            context.Error.WriteLine($"Note: while this runs, the secret can be seen in the process list. '--secret -' reads it from standard input, {Variable} from the environment.");
        return (secret == FromInput || (secret is null && context.Input is not null) ? Ask(context) : secret)?.Trim();
    }

    // What this program starts has no use for it.
    static string? FromEnvironment()
    {
        var secret = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return string.IsNullOrEmpty(secret) ? null : secret;
    }

    static string? Ask(CliContext context)
    {
        if (context.ReadHidden is null) return context.StandardInput.ReadLine();
        context.Error.Write("Pairing secret: ");
        var typed = context.ReadHidden();
        context.Error.WriteLine();
        return typed;
    }

    /// <summary>One line from the terminal, without an echo.</summary>
    public static string ReadHiddenLine()
    {
        var line = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) line.Length = Math.Max(0, line.Length - 1);
            else if (!char.IsControl(key.KeyChar)) line.Append(key.KeyChar);
        }

        return line.ToString();
    }
}
