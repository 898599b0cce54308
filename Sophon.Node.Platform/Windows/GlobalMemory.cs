using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Text in movable global memory, the form in which the clipboard holds it.</summary>
[SupportedOSPlatform("windows")]
static unsafe class GlobalMemory
{
    /// <summary>Allocates; zero-terminated. The caller frees it, or gives it to the clipboard.</summary>
    public static nint Allocate(string text)
    {
        var memory = Kernel32.GlobalAlloc(Kernel32.Moveable, (nuint)((text.Length + 1) * sizeof(char)));
        if (memory == 0) throw WindowsErrors.Last("Windows has no memory for the text");

        var target = new Span<char>(Kernel32.GlobalLock(memory), text.Length + 1);
        text.CopyTo(target);
        target[^1] = '\0';
        Kernel32.GlobalUnlock(memory);
        return memory;
    }

    /// <summary>Up to the terminating zero, or the end of the memory where a sloppy program left none.</summary>
    public static string Read(nint memory)
    {
        var text = (char*)Kernel32.GlobalLock(memory);
        if (text is null) throw WindowsErrors.Last("The clipboard's memory can't be read");
        try
        {
            var whole = new ReadOnlySpan<char>(text, (int)(Kernel32.GlobalSize(memory) / sizeof(char)));
            var end = whole.IndexOf('\0');
            return new string(end < 0 ? whole : whole[..end]);
        }
        finally
        {
            Kernel32.GlobalUnlock(memory);
        }
    }
}
