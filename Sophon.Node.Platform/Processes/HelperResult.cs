using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>How a helper ended.</summary>
/// <param name="Tool">The program's name.</param>
/// <param name="ExitCode">128 + signal when it was killed.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">The head of its standard error.</param>
public sealed record HelperResult(string Tool, int ExitCode, byte[] Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => Encoding.UTF8.GetString(Output);

    public IEnumerable<string> Lines => Text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);

    /// <summary>The error of an exit code that is not 0: the code or the signal, and the first line of standard error.</summary>
    public ActionFailedException ToException()
    {
        var firstLine = Error.Split('\n', 2)[0].Trim();
        var how = ExitCode is > 128 and <= 128 + 64
            ? $"was killed by signal {ExitCode - 128}"
            : $"failed with exit code {ExitCode}";
        return new ActionFailedException($"{Tool} {how}{(firstLine.Length > 0 ? $": {firstLine}" : "")}");
    }
}
