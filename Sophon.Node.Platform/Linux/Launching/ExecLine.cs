using System.Text;

namespace Sophon.Node.Platform.Linux.Launching;

/// <summary>The Exec key of a desktop entry (Desktop Entry Specification 1.5, "The Exec key").</summary>
static class ExecLine
{
    /// <summary>The escapes of every string value; they come before Exec's own quoting.</summary>
    public static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            text.Append(value[++i] switch
            {
                's' => " ",
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                '\\' => "\\",
                var other => $"\\{other}",
            });
        }

        return text.ToString();
    }

    /// <summary>Program and arguments for a start without files; null when the quotes do not match.</summary>
    public static IReadOnlyList<string>? Parse(string exec, string name, string path, string? icon)
    {
        if (Split(exec) is not { } words) return null;

        var arguments = new List<string>();
        foreach (var (word, quoted) in words)
        {
            if (quoted) arguments.Add(word);
            else if (word == "%i") arguments.AddRange(string.IsNullOrEmpty(icon) ? [] : ["--icon", icon]);
            else if (Expand(word, name, path) is { } expanded) arguments.Add(expanded);
        }

        return arguments;
    }

    // A word that was only a code for files or URLs vanishes altogether.
    static string? Expand(string word, string name, string path)
    {
        var text = new StringBuilder();
        var expandedAway = false;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != '%' || i + 1 == word.Length)
            {
                text.Append(word[i]);
                continue;
            }

            switch (word[++i])
            {
                case '%': text.Append('%'); break;
                case 'c': text.Append(name); break;
                case 'k': text.Append(path); break;
                default: expandedAway = true; break; // %f %F %u %U without a file, and the deprecated ones.
            }
        }

        return text.Length == 0 && expandedAway ? null : text.ToString();
    }

    static List<(string Word, bool Quoted)>? Split(string exec)
    {
        var words = new List<(string, bool)>();
        for (var i = 0; i < exec.Length;)
        {
            if (exec[i] is ' ' or '\t' or '\n')
            {
                i++;
            }
            else if (exec[i] == '"')
            {
                if (ReadQuoted(exec, ref i) is not { } quoted) return null;
                words.Add((quoted, true));
            }
            else
            {
                var start = i;
                while (i < exec.Length && exec[i] is not (' ' or '\t' or '\n')) i++;
                words.Add((exec[start..i], false));
            }
        }

        return words;
    }

    static string? ReadQuoted(string exec, ref int i)
    {
        var text = new StringBuilder();
        for (i++; i < exec.Length; i++)
        {
            if (exec[i] == '"')
            {
                i++;
                return text.ToString();
            }

            if (exec[i] == '\\' && i + 1 < exec.Length && exec[i + 1] is '"' or '`' or '$' or '\\') i++;
            text.Append(exec[i]);
        }

        return null;
    }
}
