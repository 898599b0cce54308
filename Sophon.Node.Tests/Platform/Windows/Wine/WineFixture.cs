using System.Globalization;
using System.Text.Json.Nodes;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Platform.Windows.Wine;

/// <summary>A Windows desktop; what watches it are windows of another program inside Wine, since Wine's input never reaches X clients.</summary>
public sealed class WineFixture : IDesktopFixture
{
    readonly WineDriver driver;
    readonly TestFolder folder = new();

    WineFixture(WineSession session, WineDriver driver)
    {
        Session = session;
        this.driver = driver;
        Desktop = new WineDesktop(driver);
    }

    public WineSession Session { get; }

    public WineDriver Driver => driver;

    public IDesktop Desktop { get; }

    public ScreenRectangle Screen => new(0, 0, Session.Server.Width, Session.Server.Height);

    public (string Path, string[] Arguments, string Title) Program => (@"C:\windows\system32\notepad.exe", [], "Untitled - Notepad");

    public static async Task<WineFixture> StartAsync(WinePrefix prefix, bool windowManager)
    {
        var session = await WineSession.StartAsync(prefix, windowManager);
        try
        {
            return new WineFixture(session, await session.StartDriverAsync("desktop"));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task ShowPictureAsync(PixelImage picture)
    {
        var file = folder.File("picture.ppm");
        await File.WriteAllBytesAsync(file, TestPictures.ToPpm(picture));
        await Session.Server.StartClient("display", "-window", "root", file).WaitForExitAsync();
    }

    public async Task<IClickWitness> WatchClicksAsync()
    {
        var witness = await Session.StartDriverAsync("clicks");
        await Eventually.TrueAsync(() => witness.CallAsync<bool>("shown"), "the window that watches clicks is shown");
        return new Clicks(witness);
    }

    public async Task<ITypingWitness> OpenTerminalAsync(string title)
    {
        var witness = await Session.StartDriverAsync("typing", title);
        await Eventually.TrueAsync(() => witness.CallAsync<bool>("keyboard"), $"the window \"{title}\" has the keyboard");
        return new Typing(witness, await witness.CallAsync<int>("pid"));
    }

    public Task<bool> IsThereAsync(int processId) => driver.CallAsync<bool>("alive", new JsonObject { ["pid"] = processId });

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        folder.Dispose();
    }

    sealed class Clicks(WineDriver witness) : IClickWitness
    {
        public async Task<IReadOnlyList<(string Button, ScreenPoint Point)>> WaitForPressesAsync(int count)
        {
            await Eventually.TrueAsync(async () => (await ReadAsync()).Count >= count, $"{count} presses");
            return await ReadAsync();
        }

        async Task<IReadOnlyList<(string, ScreenPoint)>> ReadAsync() => [.. (await witness.CallAsync<string[]>("presses")).Select(Parse)];

        static (string, ScreenPoint) Parse(string line)
        {
            var words = line.Split(' ');
            return (string.Join(' ', words[..^2]), new ScreenPoint(int.Parse(words[^2], CultureInfo.InvariantCulture), int.Parse(words[^1], CultureInfo.InvariantCulture)));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    sealed class Typing(WineDriver witness, int processId) : ITypingWitness
    {
        public int ProcessId => processId;

        public void Clear() => witness.CallAsync("clear").GetAwaiter().GetResult();

        public async Task<string> ReadAsync(string expected)
        {
            try
            {
                await Eventually.TrueAsync(async () => (await TextAsync()).Length >= expected.Length, "the text", TimeSpan.FromSeconds(5));
            }
            catch (TimeoutException)
            {
                // The comparison shows what is missing.
            }

            return await TextAsync();
        }

        async Task<string> TextAsync() => string.Concat((await witness.CallAsync<int[]>("typed")).Select(unit => (char)unit)).Replace('\r', '\n');

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
