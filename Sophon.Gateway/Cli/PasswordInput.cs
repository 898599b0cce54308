namespace Sophon.Gateway.Cli;

/// <summary>A password from a person, who is asked twice and sees nothing of it, or from standard input. Never from an argument: process lists show those.</summary>
static class PasswordInput
{
    public static string Read(TextWriter prompt)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? throw new CliException(ExitCodes.Usage, "Standard input is empty; it takes the password as one line.");
        var password = Ask(prompt, "Password: ");
        return Ask(prompt, "Again: ") == password ? password : throw new CliException(ExitCodes.Failed, "The two passwords are not the same; nothing was changed.");
    }

    static string Ask(TextWriter prompt, string question)
    {
        prompt.Write(question);
        prompt.Flush();
        var typed = new List<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.RemoveRange(Math.Max(0, typed.Count - 1), Math.Min(1, typed.Count));
            else if (!char.IsControl(key.KeyChar)) typed.Add(key.KeyChar);
        }

        prompt.WriteLine();
        return new string([.. typed]);
    }
}
