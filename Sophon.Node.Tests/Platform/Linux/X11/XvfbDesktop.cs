using System.Globalization;
using Sophon.Node.Platform.Linux.X11;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11;

/// <summary>A backend on an Xvfb of its own.</summary>
public sealed class XvfbDesktop(XvfbServer server, IDesktop desktop) : IDesktopFixture
{
    readonly TestFolder folder = new();

    public XvfbServer Server { get; } = server;

    public IDesktop Desktop { get; } = desktop;

    public ScreenRectangle Screen => new(0, 0, Server.Width, Server.Height);

    public static async Task<XvfbDesktop> StartAsync(Func<X11Environment, IDesktop> make, bool windowManager = false)
    {
        var server = await XvfbServer.StartAsync(windowManager: windowManager);
        return new XvfbDesktop(server, make(server.Environment));
    }

    public async Task ShowPictureAsync(PixelImage picture)
    {
        var file = folder.File("picture.ppm");
        await File.WriteAllBytesAsync(file, TestPictures.ToPpm(picture));
        // ImageMagick's display sets the root window's background and ends, with exit code 1.
        await Server.StartClient("display", "-window", "root", file).WaitForExitAsync();
    }

    public async Task<IClickWitness> WatchClicksAsync() => new Clicks(await ClickWitness.StartAsync(Server));

    public async Task<ITypingWitness> OpenTerminalAsync(string title) => new Terminal(await TypingWitness.StartAsync(Server, title));

    public async ValueTask DisposeAsync()
    {
        await Desktop.DisposeAsync();
        await Server.DisposeAsync();
        folder.Dispose();
    }

    sealed class Clicks(ClickWitness witness) : IClickWitness
    {
        static readonly string[] Names = ["", "left", "middle", "right", "wheel up", "wheel down", "wheel left", "wheel right"];

        public async Task<IReadOnlyList<(string Button, ScreenPoint Point)>> WaitForPressesAsync(int count)
        {
            var events = await witness.WaitForAsync(count * 2);
            Assert.Equal(events.Count(e => e.Pressed), events.Count(e => !e.Pressed));
            return [.. events.Where(e => e.Pressed).Select(e => (Name(e.Button), new ScreenPoint(e.X, e.Y)))];
        }

        public ValueTask DisposeAsync() => witness.DisposeAsync();

        static string Name(int button) => button < Names.Length ? Names[button] : button.ToString(CultureInfo.InvariantCulture);
    }

    sealed class Terminal(TypingWitness witness) : ITypingWitness
    {
        public int ProcessId => witness.ProcessId;

        public void Clear() => witness.Clear();

        public Task<string> ReadAsync(string expected) => witness.ReadAsync(expected);

        public ValueTask DisposeAsync() => witness.DisposeAsync();
    }
}
