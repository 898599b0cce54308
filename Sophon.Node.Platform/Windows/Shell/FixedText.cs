namespace Sophon.Node.Platform.Windows;

/// <summary>Text in the shell's fixed arrays.</summary>
static class FixedText
{
    /// <summary>What fits into <paramref name="capacity"/> characters and the zero that ends them; a longer text ends with "…", and no character is cut in two.</summary>
    public static string Fit(string text, int capacity)
    {
        if (text.Length < capacity) return text;
        var end = capacity - 2;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    public static unsafe void Copy(string text, char* target, int capacity)
    {
        var room = new Span<char>(target, capacity);
        room.Clear();
        Fit(text, capacity).CopyTo(room);
    }
}
