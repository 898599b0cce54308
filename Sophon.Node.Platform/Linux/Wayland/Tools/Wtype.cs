using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>wtype's arguments, as wtype(1) gives them. It makes a keymap of its own, so it types any text on any layout.</summary>
static class Wtype
{
    // The device lives as long as the process: the first key is lost on programs that have not seen it yet.
    const string SettleMs = "200";
    const string BetweenKeysMs = "2";

    /// <summary>Types its standard input: a text must not stand in the process list.</summary>
    public static IReadOnlyList<string> TypeStandardInput { get; } = ["-s", SettleMs, "-d", BetweenKeysMs, "-"];

    /// <summary>The text as wtype reads it.</summary>
    /// <exception cref="InvalidInputException">It holds what no key types.</exception>
    public static byte[] Input(string text) => Encoding.UTF8.GetBytes(string.Concat(TypingPlan.Read(text).Select(key => key.Name switch
    {
        "enter" => "\n",
        "tab" => "\t",
        _ => key.ToString(),
    })));

    public static IReadOnlyList<string> Press(KeyChord chord) =>
    [
        "-s", SettleMs,
        .. chord.Modifiers.SelectMany(modifier => new[] { "-M", NameOf(modifier) }),
        "-k", SymbolOf(KeyTable.UnderModifiers(chord)),
        .. chord.Modifiers.Reverse().SelectMany(modifier => new[] { "-m", NameOf(modifier) }),
    ];

    static string NameOf(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => "ctrl",
        KeyModifier.Shift => "shift",
        KeyModifier.Alt => "alt",
        _ => "logo",
    };

    // Its keys have no second level: a letter under Shift has to be the capital itself.
    // xkbcommon's name of a character's keysym: U and its hexadecimal code.
    static string SymbolOf(Key key) => key.Name is { } name ? KeyTable.Named[name].Symbol : $"U{key.Character!.Value.Value:X4}";
}
