using System.Globalization;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>The mouse by xdotool: one process for each gesture.</summary>
sealed class ToolsPointer(X11Helpers helpers) : IPointer
{
    // Core protocol: 1 left, 2 middle, 3 right; 4–7 are wheel steps up, down, left, right.
    const int WheelUp = 4, WheelDown = 5, WheelLeft = 6, WheelRight = 7;

    // Below the 200–400 ms that toolkits allow between the clicks of a double click, above what they take for bouncing.
    const int DoubleClickPauseMs = 40;
    const int WheelPauseMs = 4;

    readonly WheelSteps horizontal = new();
    readonly WheelSteps vertical = new();

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        helpers.RunAsync("xdotool", MoveTo(point), cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken)
    {
        var number = button switch { PointerButton.Left => 1, PointerButton.Middle => 2, _ => 3 };
        return GestureAsync([.. MoveTo(point), .. Click(number, clicks, DoubleClickPauseMs)], [number], cancellationToken);
    }

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken)
    {
        int columns = horizontal.Take(deltaX), rows = vertical.Take(deltaY);
        return GestureAsync(
            [
                .. MoveTo(point),
                .. Click(rows > 0 ? WheelDown : WheelUp, Math.Abs(rows), WheelPauseMs),
                .. Click(columns > 0 ? WheelRight : WheelLeft, Math.Abs(columns), WheelPauseMs),
            ],
            [WheelUp, WheelDown, WheelLeft, WheelRight],
            cancellationToken);
    }

    // A gesture that is cut between press and release would leave the button down for the person at the desk.
    async Task GestureAsync(IReadOnlyList<string> arguments, IReadOnlyList<int> buttons, CancellationToken cancellationToken)
    {
        try
        {
            await helpers.RunAsync("xdotool", arguments, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ActionFailedException)
        {
            await LetGo.RunAsync(helpers, [.. buttons.SelectMany(button => new[] { "mouseup", Text(button) })]);
            throw;
        }
    }

    static string[] MoveTo(ScreenPoint point) => ["mousemove", Text(point.X), Text(point.Y)];

    static string[] Click(int button, int times, int pauseMs) =>
        times == 0 ? [] : ["click", "--repeat", Text(times), "--delay", Text(times == 1 ? 0 : pauseMs), Text(button)];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
