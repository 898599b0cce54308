using System.Globalization;
using System.Text;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Consent;

/// <summary>The question that a person is asked: everything that decides what the program does, in a form that can't deceive.</summary>
public static class ConsentText
{
    const int ValueLength = 400, BriefValueLength = 60;
    const int Entries = 100, BriefEntries = 8;

    /// <param name="rule">The rule that wants the person to be asked.</param>
    public static ConsentQuestion For(ProgramCall call, PolicyRule? rule, bool offersTenMinutes, TimeSpan answerWithin) => new(
        "Sophon Node: may this program run?",
        Render(call, rule, answerWithin, brief: false),
        Render(call, rule, answerWithin, brief: true),
        offersTenMinutes);

    static string Render(ProgramCall call, PolicyRule? rule, TimeSpan answerWithin, bool brief)
    {
        var text = new StringBuilder();
        var longest = brief ? BriefValueLength : ValueLength;
        text.Append(CultureInfo.InvariantCulture, $"The Gateway asks to run a program as {Environment.UserName}. Without an answer within {answerWithin.TotalSeconds:0} s it is denied.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Command: {call.Command}\nProgram: {ShownText.Quote(call.Program, longest)}\n");
        if (call.FullPath is { } full && full != call.Program) text.Append(CultureInfo.InvariantCulture, $"  found at {ShownText.Quote(full, longest)}\n");
        if (call.RealPath is { } real && real != call.FullPath) text.Append(CultureInfo.InvariantCulture, $"  which is {ShownText.Quote(real, longest)}\n");
        text.Append(CultureInfo.InvariantCulture, $"Folder: {(call.Folder is null ? "the Node's own" : ShownText.Quote(call.Folder, longest))}\n");

        List(text, "Arguments", call.Arguments, brief, (number, argument) => $"{number}: {ShownText.Quote(argument, longest)}", argument => argument);
        List(
            text, "Environment", [.. call.Environment.OrderBy(entry => entry.Key, StringComparer.Ordinal)], brief,
            (_, entry) => $"{ShownText.Quote(entry.Key, longest)} {Value(entry.Value, brief)}",
            entry => $"{entry.Key}={entry.Value}");
        text.Append(CultureInfo.InvariantCulture, $"Input: {(call.Input is null ? "none" : brief ? ShownText.Measure(call.Input) : ShownText.Quote(call.Input, longest))}\n\n");
        if (rule is not null) text.Append(CultureInfo.InvariantCulture, $"Asked because of {rule}\n");
        return text.Append(CultureInfo.InvariantCulture, $"SHA-256 of all this: {call.Digest()}\n").ToString();
    }

    static string Value(string? value, bool brief) =>
        value is null ? "is removed" : $"= {(brief ? ShownText.Measure(value) : ShownText.Quote(value, ValueLength))}";

    static void List<T>(StringBuilder text, string title, IReadOnlyList<T> entries, bool brief, Func<int, T, string> show, Func<T, string> whole)
    {
        var most = brief ? BriefEntries : Entries;
        text.Append(CultureInfo.InvariantCulture, $"{title}: {(entries.Count == 0 ? "none" : entries.Count.ToString(CultureInfo.InvariantCulture))}\n");
        foreach (var (index, entry) in entries.Take(most).Index()) text.Append(CultureInfo.InvariantCulture, $"  {show(index + 1, entry)}\n");
        if (entries.Count > most)
            text.Append(CultureInfo.InvariantCulture, $"  … and {entries.Count - most} more ({ShownText.Measure(string.Join('\0', entries.Skip(most).Select(whole)))})\n");
    }
}
