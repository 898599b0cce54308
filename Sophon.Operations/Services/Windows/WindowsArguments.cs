using System.Text;

namespace Sophon.Operations.Services.Windows;

/// <summary>A command line that CommandLineToArgvW takes apart into the same words.</summary>
static class WindowsArguments
{
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    public static string Quote(string word)
    {
        if (word.Length > 0 && !word.Any(letter => char.IsWhiteSpace(letter) || letter == '"')) return word;
        var text = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in word)
        {
            // Backslashes are doubled only before a quotation mark.
            if (letter == '"') text.Append('\\', backslashes + 1);
            backslashes = letter == '\\' ? backslashes + 1 : 0;
            text.Append(letter);
        }

        return text.Append('\\', backslashes).Append('"').ToString();
    }
}
