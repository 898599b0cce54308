using System.Globalization;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>
/// Tells from outside how often a command ran: <c>system.execute</c> runs a script that appends the command's number to a file.
/// A line of a few bytes in append mode is one write(2), whoever dies meanwhile.
/// </summary>
sealed class Witness
{
    readonly string script;
    readonly string record;

    /// <param name="folder">Holds script and record.</param>
    /// <param name="each">How long a command runs after it has left its mark.</param>
    public Witness(TestFolder folder, TimeSpan each)
    {
        (script, record) = (folder.File("witness"), folder.File("witnessed"));
        File.WriteAllText(record, "");
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\necho \"$1\" >> '{record}'\nsleep {each.TotalSeconds}\n"));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The standing grant: this script, with a number, and nothing else.</summary>
    public string Policy => $$"""programs.witness { path = "{{script}}", args = ["*"] }""";

    public object Parameters(int number) => new { command = script, args = new[] { number.ToString(CultureInfo.InvariantCulture) } };

    /// <summary>The numbers that ran, in order, each as often as it ran.</summary>
    public IReadOnlyList<int> Runs => [.. File.ReadAllLines(record).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
}
