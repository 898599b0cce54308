using System.Text;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>A foot terminal that writes down every byte typed into it.</summary>
public sealed class FootWitness : IAsyncDisposable
{
    readonly SwayServer sway;
    readonly TestFolder folder;
    readonly TestProcess foot;

    FootWitness(SwayServer sway, TestFolder folder, TestProcess foot)
    {
        this.sway = sway;
        this.folder = folder;
        this.foot = foot;
    }

    /// <summary>What arrived. The terminal is raw: Enter is <c>\r</c>.</summary>
    public string Text => Encoding.UTF8.GetString(File.ReadAllBytes(Typed(folder)));

    public int ProcessId => foot.ProcessId;

    public static async Task<FootWitness> StartAsync(SwayServer sway, string title = "typing-witness")
    {
        var folder = new TestFolder();
        var foot = sway.StartClient(
            "foot", "--config=/dev/null", "--override=locked-title=yes", $"--title={title}", "sh", "-c", "stty raw -echo; : > \"$0\"; cat >> \"$0\"", Typed(folder));
        await Eventually.TrueAsync(() => foot.HasExited ? throw new InvalidOperationException($"foot ended: {foot.Output}") : File.Exists(Typed(folder)), "foot runs its shell");
        await Eventually.TrueAsync(async () => await sway.FocusedTitleAsync() == title, $"the window \"{title}\" has the focus");
        return new FootWitness(sway, folder, foot);
    }

    /// <summary>Waits until as much text as <paramref name="expected"/> arrived, or nothing more comes.</summary>
    public async Task<string> ReadAsync(string expected)
    {
        try
        {
            await Eventually.TrueAsync(() => Text.Length >= expected.Length, "the text", TimeSpan.FromSeconds(8));
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
        await sway.StopClientAsync(foot);
        folder.Dispose();
    }

    static string Typed(TestFolder folder) => folder.File("typed");
}
