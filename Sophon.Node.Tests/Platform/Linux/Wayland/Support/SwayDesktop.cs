using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>A backend on a sway of its own, whose windows float like anybody's.</summary>
/// <param name="plugInMouse">Run before clicks are watched: a seat without a pointer shows none, and sway draws one into every picture.</param>
public sealed class SwayDesktop(SwayServer sway, IDesktop desktop, Func<Task>? plugInMouse = null, params IDisposable[] belongings) : IDesktopFixture
{
    public const string Config = """
        output HEADLESS-1 mode 1280x800 pos 0 0
        default_floating_border none
        for_window [app_id=foot] floating enable
        for_window [app_id=zenity] floating enable
        """;

    public SwayServer Sway { get; } = sway;

    public IDesktop Desktop { get; } = desktop;

    public ScreenRectangle Screen => new(0, 0, 1280, 800);

    public Task ShowPictureAsync(PixelImage picture) => Sway.ShowPictureAsync(picture);

    public async Task<IClickWitness> WatchClicksAsync()
    {
        if (plugInMouse is not null) await plugInMouse();
        return new Clicks(await WevWitness.StartAsync(Sway));
    }

    public async Task<ITypingWitness> OpenTerminalAsync(string title) => new Terminal(await FootWitness.StartAsync(Sway, title));

    public async ValueTask DisposeAsync()
    {
        await Desktop.DisposeAsync();
        foreach (var belonging in belongings) belonging.Dispose();
        await Sway.DisposeAsync();
    }

    sealed class Clicks(WevWitness witness) : IClickWitness
    {
        public async Task<IReadOnlyList<(string Button, ScreenPoint Point)>> WaitForPressesAsync(int count)
        {
            IReadOnlyList<(string, ScreenPoint)> seen = [];
            await Eventually.TrueAsync(() => (seen = witness.Presses).Count >= count, $"{count} presses");
            return seen;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    sealed class Terminal(FootWitness witness) : ITypingWitness
    {
        public int ProcessId => witness.ProcessId;

        public void Clear() => witness.Clear();

        public Task<string> ReadAsync(string expected) => witness.ReadAsync(expected);

        public ValueTask DisposeAsync() => witness.DisposeAsync();
    }
}
