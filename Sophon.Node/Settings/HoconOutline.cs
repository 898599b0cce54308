namespace Sophon.Node.Settings;

/// <summary>
/// Which keys a HOCON text sets, and on which line. Akka's parser keeps no places and takes almost anything (an unclosed brace,
/// a key without a value, an endless substitution), so a file that people write is read by this stricter one first.
/// </summary>
sealed class HoconOutline
{
    /// <summary>Parts of a key, and lists in lists: no setting needs a third of it, and Akka's parser, like this one, descends one frame each.</summary>
    const int Deepest = 16;

    readonly string text;
    readonly List<HoconEntry> entries = [];
    int position;
    int line = 1;

    HoconOutline(string text) => this.text = text;

    /// <exception cref="HoconException">With the line.</exception>
    public static IReadOnlyList<HoconEntry> Read(string text)
    {
        var outline = new HoconOutline(text.ReplaceLineEndings("\n"));
        outline.ReadFields([], closed: false, openedOn: 0);
        return outline.entries;
    }

    void ReadFields(IReadOnlyList<string> prefix, bool closed, int openedOn)
    {
        while (true)
        {
            SkipBetweenFields();
            if (AtEnd)
            {
                if (closed) throw new HoconException(openedOn, "the { of this line is never closed");
                return;
            }

            if (Current == '}')
            {
                if (!closed) throw Error("this } closes nothing");
                position++;
                return;
            }

            ReadField(prefix);
        }
    }

    void ReadField(IReadOnlyList<string> prefix)
    {
        var keyLine = line;
        IReadOnlyList<string> path = [.. prefix, .. ReadKey()];
        if (path.Count > Deepest) throw new HoconException(keyLine, $"a key has {path.Count} parts here, and at most {Deepest} make sense");
        SkipBlanks();
        if (!AtEnd && Current == '+' && Next == '=') position++;
        var assigned = !AtEnd && Current is '=' or ':';
        if (assigned)
        {
            position++;
            SkipBlanks();
        }

        if (!AtEnd && Current == '{')
        {
            position++;
            entries.Add(new(Join(path), keyLine, IsObject: true));
            ReadFields(path, closed: true, keyLine);
        }
        else if (assigned)
        {
            entries.Add(new(Join(path), keyLine, IsObject: false, ReadValue(Join(path))));
        }
        else
        {
            throw new HoconException(keyLine, $"after \"{Join(path)}\" a = or a {{ is missing");
        }
    }

    List<string> ReadKey()
    {
        List<string> parts = [];
        do
        {
            if (parts.Count > 0) position++;
            if (!AtEnd && Current == '"')
            {
                parts.Add(ReadQuoted());
                continue;
            }

            var start = position;
            while (!AtEnd && (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_')) position++;
            if (position == start) throw Error(AtEnd ? "a key is missing at the end" : $"a key can't have the character '{Current}' here");
            parts.Add(text[start..position]);
        }
        while (!AtEnd && Current == '.');
        return parts;
    }

    string ReadValue(string key)
    {
        var start = position;
        while (!AtEnd && Current is not ('\n' or ',' or '}') && !AtComment)
        {
            if (Current == '"') ReadQuoted();
            else if (Current == '[') ReadList(key, depth: 1);
            else if (IsPlain(key)) position++;
        }

        var value = text[start..position].Trim();
        return value.Length == 0 ? throw Error($"\"{key}\" has no value") : value;
    }

    void ReadList(string key, int depth)
    {
        var openedOn = line;
        if (depth > Deepest) throw Error($"more than {Deepest} lists stand in each other here");
        position++;
        while (!AtEnd && Current != ']')
        {
            if (Current == '"') ReadQuoted();
            else if (Current == '[') ReadList(key, depth + 1);
            else if (AtComment) SkipBetweenFields();
            else if (IsPlain(key)) Advance();
        }

        if (AtEnd) throw new HoconException(openedOn, "the [ of this line is never closed");
        position++;
    }

    /// <summary>Outside quotes, Akka's parser takes some characters for others and never returns from some.</summary>
    bool IsPlain(string key) => Current switch
    {
        '$' when Next == '{' => throw Error($"\"{key}\" uses a substitution (${{…}}), which is not supported in this file"),
        '=' or ':' or '{' or '}' or ']' or '$' or '`' or '^' or '?' or '!' or '@' or '*' or '&' or '\\' or '+' =>
            throw Error($"the value of \"{key}\" holds the character '{Current}': put it into double quotes"),
        _ => true,
    };

    string ReadQuoted()
    {
        var openedOn = line;
        var triple = text.AsSpan(position).StartsWith("\"\"\"");
        var (quote, start) = triple ? ("\"\"\"", position + 3) : ("\"", position + 1);
        for (position = start; ; Advance())
        {
            if (AtEnd || (!triple && Current == '\n')) throw new HoconException(openedOn, "the double quote of this line is never closed");
            if (!triple && Current == '\\' && Next != '\n') position++;
            else if (text.AsSpan(position).StartsWith(quote, StringComparison.Ordinal)) break;
        }

        var content = text[start..position];
        position += quote.Length;
        return content;
    }

    void SkipBetweenFields()
    {
        while (!AtEnd && (char.IsWhiteSpace(Current) || Current == ',' || AtComment))
        {
            if (AtComment) while (!AtEnd && Current != '\n') position++;
            else Advance();
        }
    }

    void SkipBlanks()
    {
        while (!AtEnd && Current is ' ' or '\t') position++;
    }

    void Advance()
    {
        if (Current == '\n') line++;
        position++;
    }

    bool AtEnd => position >= text.Length;

    char Current => text[position];

    char Next => position + 1 < text.Length ? text[position + 1] : '\0';

    bool AtComment => Current == '#' || (Current == '/' && Next == '/');

    static string Join(IEnumerable<string> path) => string.Join('.', path);

    HoconException Error(string message) => new(line, message);
}

/// <param name="Line">From 1.</param>
/// <param name="IsObject">The key opens a block; what stands in it follows as entries of its own.</param>
/// <param name="Value">As it is written, quotes and brackets included; empty for a block.</param>
sealed record HoconEntry(string Path, int Line, bool IsObject, string Value = "");

sealed class HoconException(int line, string message) : Exception(message)
{
    /// <summary>From 1.</summary>
    public int Line { get; } = line;
}
