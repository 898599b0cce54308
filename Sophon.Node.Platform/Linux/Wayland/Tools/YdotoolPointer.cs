using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>
/// The mouse by ydotool. It moves by relative motion in logical units, so a monitor with a scale has pixels that it can't tell apart,
/// and the compositor's pointer acceleration has to be flat for its device.
/// </summary>
sealed class YdotoolPointer(WaylandHelpers helpers, ISwayIpc sway, YdotoolSetup setup) : IPointer, IDisposable
{
    readonly SemaphoreSlim gesture = new(1);
    readonly WheelSteps horizontal = new(), vertical = new();

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) => GestureAsync(point, _ => [], cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken) =>
        GestureAsync(point, commands => commands.Click(button, clicks), cancellationToken);

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) =>
        GestureAsync(point, commands =>
        {
            int columns = horizontal.Take(deltaX), rows = vertical.Take(deltaY);
            return columns == 0 && rows == 0 ? [] : [commands.Scroll(columns, rows)];
        }, cancellationToken);

    public void Dispose() => gesture.Dispose();

    async Task GestureAsync(ScreenPoint point, Func<YdotoolCommands, IReadOnlyList<IReadOnlyList<string>>> act, CancellationToken cancellationToken)
    {
        await gesture.WaitAsync(cancellationToken);
        try
        {
            var commands = await setup.PrepareAsync(helpers, cancellationToken);
            var layout = await sway.GetLayoutAsync(cancellationToken);
            var (x, y) = layout.ToLogical(point);
            var acts = act(commands);
            await helpers.RunAsync("ydotool", commands.Move((int)x - layout.Logical.X, (int)y - layout.Logical.Y), cancellationToken);
            foreach (var arguments in acts) await helpers.RunAsync("ydotool", arguments, cancellationToken);
        }
        finally
        {
            gesture.Release();
        }
    }
}
