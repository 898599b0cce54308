namespace Sophon.Node.Actors.Policy;

/// <summary>
/// One named block of <c>programs</c>. A rule that allows covers what it describes and nothing else: what it does not mention has to be absent.
/// A rule that forbids or asks covers everything that it does not exclude.
/// </summary>
/// <param name="Paths">Patterns over the full path.</param>
/// <param name="Arguments">One pattern per argument, in order; <c>**</c> is any number of any arguments. Null: not mentioned.</param>
/// <param name="Folders">Patterns over the working directory. Null: not mentioned.</param>
/// <param name="Environment">Patterns over the names of variables. Null: not mentioned.</param>
/// <param name="Input">Whether there may be standard input. Null: not mentioned.</param>
public sealed record ProgramRule(
    PolicyRule Rule, Strictness Decision, IReadOnlyList<Pattern> Paths,
    IReadOnlyList<Pattern>? Arguments, IReadOnlyList<Pattern>? Folders, IReadOnlyList<Pattern>? Environment, bool? Input)
{
    const string Rest = "**";

    public bool Covers(ProgramCall call) => Decision == Strictness.Allow ? Describes(call) : !Excludes(call);

    // By the full path as called: a link of the caller's own making must not borrow another program's permission (busybox acts by its name).
    bool Describes(ProgramCall call) =>
        call.FullPath is { } path && Paths.Any(pattern => pattern.Allows(path))
        && (Arguments is null ? call.Arguments.Count == 0 : InOrder(Arguments, call.Arguments, ignoreCase: false))
        && (call.Folder is null || (Folders ?? []).Any(pattern => pattern.Allows(Path.GetFullPath(call.Folder))))
        && call.Environment.Keys.All(name => (Environment ?? []).Any(pattern => pattern.Allows(name)))
        && (call.Input is null || Input == true);

    bool Excludes(ProgramCall call) =>
        !call.Spellings.Any(spelling => Paths.Any(pattern => pattern.Forbids(spelling)))
        || (Arguments is not null && !InOrder(Arguments, call.Arguments, ignoreCase: true))
        || (Folders is not null && !Folders.Any(pattern => pattern.Forbids(call.Folder is null ? "" : Path.GetFullPath(call.Folder))))
        || (Environment is not null && !call.Environment.Keys.Any(name => Environment.Any(pattern => pattern.Forbids(name))))
        || (Input is { } wanted && wanted != call.Input is not null);

    /// <summary>Whether the patterns, in order, cover all the arguments.</summary>
    static bool InOrder(IReadOnlyList<Pattern> patterns, IReadOnlyList<string> arguments, bool ignoreCase)
    {
        // The same walk as a glob's, over arguments instead of characters.
        int at = 0, star = -1, resume = 0, i = 0;
        while (i < arguments.Count)
        {
            if (at < patterns.Count && patterns[at].Text == Rest)
            {
                (star, resume) = (at++, i);
            }
            else if (at < patterns.Count && (ignoreCase ? patterns[at].Forbids(arguments[i]) : patterns[at].Allows(arguments[i])))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                (at, i) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (at < patterns.Count && patterns[at].Text == Rest) at++;
        return at == patterns.Count;
    }
}
