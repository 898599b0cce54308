using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>X's number for what a key means (X Window System Protocol, appendix A).</summary>
readonly record struct Keysym(uint Value)
{
    const uint UnicodeBase = 0x0100_0000;

    public static readonly Keysym None = new(0);
    public static readonly Keysym Void = new(0xff_ffff);

    static readonly FrozenDictionary<string, uint> Named = new Dictionary<string, uint>
    {
        ["enter"] = 0xff0d,
        ["escape"] = 0xff1b,
        ["tab"] = 0xff09,
        ["space"] = ' ',
        ["backspace"] = 0xff08,
        ["delete"] = 0xffff,
        ["insert"] = 0xff63,
        ["home"] = 0xff50,
        ["left"] = 0xff51,
        ["up"] = 0xff52,
        ["right"] = 0xff53,
        ["down"] = 0xff54,
        ["pageup"] = 0xff55,
        ["pagedown"] = 0xff56,
        ["end"] = 0xff57,
        ["print"] = 0xff61,
        ["menu"] = 0xff67,
        ["pause"] = 0xff13,
        ["scrolllock"] = 0xff14,
        ["numlock"] = 0xff7f,
        ["capslock"] = 0xffe5,
        ["shift"] = 0xffe1,
        ["ctrl"] = 0xffe3,
        ["alt"] = 0xffe9,
        ["super"] = 0xffeb,
    }.Concat(Enumerable.Range(1, 24).Select(number => KeyValuePair.Create($"f{number}", 0xffbdu + (uint)number))).ToFrozenDictionary();

    /// <summary>The keysym of a name from <see cref="KeyNames.Named"/>.</summary>
    public static Keysym OfName(string name) => new(Named[name]);

    public static Keysym Of(KeyModifier modifier) => OfName(modifier switch
    {
        KeyModifier.Control => "ctrl",
        KeyModifier.Shift => "shift",
        KeyModifier.Alt => "alt",
        _ => "super",
    });

    /// <summary>The keysym that a client of any age reads as this character.</summary>
    public static Keysym Of(Rune rune) => rune.Value switch
    {
        '\r' or '\n' => OfName("enter"),
        '\t' => OfName("tab"),
        >= 0x20 and <= 0x7e or >= 0xa0 and <= 0xff => new((uint)rune.Value),
        _ => new(UnicodeBase + (uint)rune.Value),
    };

    /// <summary>The character; null for function keys, dead keys, and the keysyms older than Unicode but for Latin-1 and the euro.</summary>
    public Rune? Character => Value switch
    {
        0xff0d => new Rune('\r'),
        0xff09 => new Rune('\t'),
        0x20ac => new Rune('€'),
        >= 0x20 and <= 0x7e or >= 0xa0 and <= 0xff => new Rune(Value),
        >= UnicodeBase + 0x100 and <= UnicodeBase + 0x10_ffff when Rune.IsValid(Value - UnicodeBase) => new Rune(Value - UnicodeBase),
        _ => null,
    };

    /// <summary>As xdotool and xmodmap read it.</summary>
    public override string ToString() => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}
