using System.Collections.Frozen;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <summary>A key by its virtual-key code (winuser.h, VK_…).</summary>
/// <param name="Extended">It is one of the keys that the 101-key keyboard added: its scan code has the prefix E0.</param>
readonly record struct VirtualKey(ushort Code, bool Extended = false);

/// <summary>The named keys.</summary>
static class VirtualKeys
{
    public static readonly VirtualKey Enter = new(0x0D), Tab = new(0x09);

    public static readonly VirtualKey Shift = new(0xA0), Control = new(0xA2), Alt = new(0xA4), RightAlt = new(0xA5, Extended: true), Super = new(0x5B, Extended: true);

    /// <summary>No key of any keyboard, and nothing listens to it (winuser.h: "unassigned").</summary>
    public static readonly VirtualKey Unassigned = new(0xE8);

    /// <summary>Left and right, each on its own.</summary>
    public static readonly IReadOnlyList<VirtualKey> Modifiers =
    [
        Shift, new(0xA1), Control, new(0xA3, Extended: true), Alt, RightAlt, Super, new(0x5C, Extended: true),
    ];

    static readonly FrozenDictionary<string, VirtualKey> Named = new Dictionary<string, VirtualKey>
    {
        ["enter"] = Enter,
        ["escape"] = new(0x1B),
        ["tab"] = Tab,
        ["space"] = new(0x20),
        ["backspace"] = new(0x08),
        ["delete"] = new(0x2E, Extended: true),
        ["insert"] = new(0x2D, Extended: true),
        ["home"] = new(0x24, Extended: true),
        ["end"] = new(0x23, Extended: true),
        ["pageup"] = new(0x21, Extended: true),
        ["pagedown"] = new(0x22, Extended: true),
        ["left"] = new(0x25, Extended: true),
        ["up"] = new(0x26, Extended: true),
        ["right"] = new(0x27, Extended: true),
        ["down"] = new(0x28, Extended: true),
        ["print"] = new(0x2C, Extended: true),
        ["pause"] = new(0x13),
        ["menu"] = new(0x5D, Extended: true),
        ["capslock"] = new(0x14),
        ["numlock"] = new(0x90, Extended: true),
        ["scrolllock"] = new(0x91),
        ["ctrl"] = Control,
        ["shift"] = Shift,
        ["alt"] = Alt,
        ["super"] = Super,
    }.Concat(Enumerable.Range(1, 24).Select(number => KeyValuePair.Create($"f{number}", new VirtualKey((ushort)(0x6F + number)))))
        .ToFrozenDictionary();

    /// <param name="name">One of <see cref="KeyNames.Named"/>.</param>
    public static VirtualKey Of(string name) => Named[name];

    public static VirtualKey Of(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => Control,
        KeyModifier.Shift => Shift,
        KeyModifier.Alt => Alt,
        _ => Super,
    };
}
