using System.Globalization;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;

/// <summary>ydotool's arguments. Its two generations share their names and hardly more.</summary>
abstract class YdotoolCommands
{
    /// <summary>0.1.x, as Debian 12 and Ubuntu 22.04 have it.</summary>
    public static YdotoolCommands Classic { get; } = new ClassicCommands();

    /// <summary>1.0 and up, which needs its daemon.</summary>
    public static YdotoolCommands Modern { get; } = new ModernCommands();

    /// <summary>Logical units from the layout's top left: ydotool pushes the pointer into that corner first, then moves it by as much.</summary>
    public abstract IReadOnlyList<string> Move(int x, int y);

    /// <summary>One invocation after the other.</summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> Click(PointerButton button, int clicks);

    /// <param name="columns">Wheel steps to the right.</param>
    /// <param name="rows">Wheel steps down.</param>
    /// <exception cref="UnsupportedException">This ydotool has no wheel.</exception>
    public abstract IReadOnlyList<string> Scroll(int columns, int rows);

    /// <exception cref="UnsupportedException">This ydotool does not know the key.</exception>
    public abstract IReadOnlyList<string> Press(KeyChord chord);

    /// <summary>Types its standard input, by the US layout.</summary>
    public IReadOnlyList<string> TypeStandardInput { get; } = ["type", "--file", "-"];

    /// <summary>A key of the US keyboard that ydotool presses; null for every other character.</summary>
    protected static (uint Code, bool Shifted)? Find(Key key) =>
        key.Character is { } character ? KeyTable.Find(character) : (KeyTable.Named[key.Name!].Code, false);

    protected static UnsupportedException UnknownKey(Key key) => new(
        $"Ydotool has no key \"{key}\": it knows the keys of a US keyboard. Install wtype (sudo apt install wtype), or set platform.wayland.backend = native.");

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
