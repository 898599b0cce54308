using System.Globalization;
using System.Text;

namespace Sophon.Node.Tests.Support.X11;

/// <summary>An xterm that writes down every byte typed into it; the window manager gives it the focus.</summary>
public sealed class TypingWitness : IAsyncDisposable
{
    readonly TestFolder folder;
    readonly TestProcess xterm;

    TypingWitness(TestFolder folder, TestProcess xterm)
    {
        this.folder = folder;
        this.xterm = xterm;
    }

    public int ProcessId => xterm.ProcessId;

    /// <summary>What arrived. The terminal is raw: Enter is <c>\r</c>.</summary>
    public string Text => Encoding.UTF8.GetString(File.ReadAllBytes(Typed(folder)));

    public static async Task<TypingWitness> StartAsync(XvfbServer server, string title = "typing-witness")
    {
        var folder = new TestFolder();
        var xterm = server.StartClient(
            "xterm", "-u8", "-T", title, "-e", "sh", "-c", "stty raw -echo; : > \"$0\"; cat >> \"$0\"", Typed(folder));
        await Eventually.TrueAsync(() => File.Exists(Typed(folder)), "xterm runs its shell");
        await Eventually.TrueAsync(async () => await FocusedProcessAsync(server) == xterm.ProcessId, $"the window \"{title}\" has the focus");
        return new TypingWitness(folder, xterm);
    }

    /// <summary>Waits until as much text as <paramref name="expected"/> arrived, or nothing more comes.</summary>
    public async Task<string> ReadAsync(string expected)
    {
        try
        {
            await Eventually.TrueAsync(() => Text.Length >= expected.Length, "the text", TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException)
        {
            // The comparison shows what is missing.
        }

        return Text.Replace('\r', '\n');
    }

    public void Clear() => File.WriteAllBytes(Typed(folder), []);

    public async ValueTask DisposeAsync()
    {
        await xterm.DisposeAsync();
        folder.Dispose();
    }

    static string Typed(TestFolder folder) => folder.File("typed");

    static async Task<int> FocusedProcessAsync(XvfbServer server)
    {
        try
        {
            return int.Parse(await server.RunAsync("xdotool", "getwindowfocus", "getwindowpid"), CultureInfo.InvariantCulture);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
