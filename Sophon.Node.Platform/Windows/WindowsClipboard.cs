using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>The clipboard as CF_UNICODETEXT. Windows keeps the text itself.</summary>
[SupportedOSPlatform("windows")]
sealed class WindowsClipboard(TimeProvider time) : IClipboard
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public Task<string> ReadAsync(CancellationToken cancellationToken) => WhileOpenAsync(
        () =>
        {
            if (!User32.IsClipboardFormatAvailable(User32.UnicodeText)) return "";
            // A program may have promised the text only, and is asked for it here.
            var memory = User32.GetClipboardData(User32.UnicodeText);
            return memory != 0 ? GlobalMemory.Read(memory) : throw WindowsErrors.Last("The program that owns the clipboard did not hand out its text");
        },
        cancellationToken);

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Contains('\0')) throw new InvalidInputException("The text holds the character U+0000, which ends a text on the Windows clipboard.");
        await WhileOpenAsync(
            () =>
            {
                if (!User32.EmptyClipboard()) throw WindowsErrors.Last("The clipboard could not be emptied");
                var memory = GlobalMemory.Allocate(text);
                if (User32.SetClipboardData(User32.UnicodeText, memory) != 0) return true;

                // Windows owns the memory only once it has taken it.
                var failure = WindowsErrors.Last("Windows did not take the text for the clipboard");
                Kernel32.GlobalFree(memory);
                throw failure;
            },
            cancellationToken);
        return null;
    }

    async Task<T> WhileOpenAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            // Not waited for past the token: an owner that hangs keeps the thread, not the caller.
            var (opened, result) = await Task.Run(() => Attempt(action), cancellationToken).WaitAsync(cancellationToken);
            if (opened) return result!;
            if (time.GetElapsedTime(start) > Patience) throw Held();
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // One thread from open to close. The clipboard needs an owner window to take data; it may go away afterwards.
    static (bool Opened, T? Result) Attempt<T>(Func<T> action)
    {
        WindowsSession.RequireDesktop();
        var owner = User32.CreateWindow(0, "STATIC", null, 0, 0, 0, 0, 0, User32.MessageOnly, 0, 0, 0);
        if (owner == 0) throw WindowsErrors.Last("Windows gave no window for the clipboard");
        try
        {
            if (!User32.OpenClipboard(owner)) return (false, default);
            try
            {
                return (true, action());
            }
            finally
            {
                User32.CloseClipboard();
            }
        }
        finally
        {
            User32.DestroyWindow(owner);
        }
    }

    static ActionFailedException Held()
    {
        var holder = User32.GetOpenClipboardWindow();
        var who = holder != 0 && User32.GetWindowThreadProcessId(holder, out var pid) != 0
            ? $"{ProcessNames.Of((int)pid) ?? "A program"} (pid {pid})"
            : "Another program";
        return new ActionFailedException($"{who} has kept the clipboard open for {Patience.TotalSeconds:0} s. Close it if it hangs.");
    }
}
