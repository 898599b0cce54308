using System.Globalization;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

/// <summary>cliclick's commands (its README, "LIST OF COMMANDS").</summary>
static class CliclickArguments
{
    public static string Move((double X, double Y) point) => $"m:{Place(point)}";

    /// <summary>Null for the middle button, which cliclick lacks.</summary>
    public static IReadOnlyList<string>? Click((double X, double Y) point, PointerButton button, int clicks) => (button, clicks) switch
    {
        (PointerButton.Left, 2) => [$"dc:{Place(point)}"],
        (PointerButton.Left, _) => [.. Enumerable.Repeat($"c:{Place(point)}", clicks)],
        (PointerButton.Right, _) => [.. Enumerable.Repeat($"rc:{Place(point)}", clicks)],
        _ => null,
    };

    /// <summary>Modifiers alone: pressed in order, released in reverse.</summary>
    public static IReadOnlyList<string> Tap(IReadOnlyList<KeyModifier> modifiers) =>
    [
        .. modifiers.Select(modifier => $"kd:{Name(modifier)}"),
        .. modifiers.Reverse().Select(modifier => $"ku:{Name(modifier)}"),
    ];

    // cliclick takes whole points. The equals sign makes a number absolute: "-5" alone would be 5 to the left of where the pointer is.
    static string Place((double X, double Y) point) => $"{Coordinate(point.X)},{Coordinate(point.Y)}";

    static string Coordinate(double value) => string.Create(CultureInfo.InvariantCulture, $"={(int)Math.Floor(value)}");

    static string Name(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => "ctrl",
        KeyModifier.Shift => "shift",
        KeyModifier.Alt => "alt",
        _ => "cmd",
    };
}
