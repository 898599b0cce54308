using System.Collections.Frozen;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.MacOS;

/// <summary>Virtual key codes (HIToolbox, Events.h: kVK_…).</summary>
static class MacKeys
{
    static readonly FrozenDictionary<string, int> Codes = new Dictionary<string, int>
    {
        ["enter"] = 36,
        ["tab"] = 48,
        ["space"] = 49,
        ["backspace"] = 51,
        ["escape"] = 53,
        ["delete"] = 117,
        // Where other keyboards have Insert, Apple's have Help.
        ["insert"] = 114,
        ["home"] = 115,
        ["end"] = 119,
        ["pageup"] = 116,
        ["pagedown"] = 121,
        ["left"] = 123,
        ["right"] = 124,
        ["down"] = 125,
        ["up"] = 126,
        ["menu"] = 110,
        ["numlock"] = 71,
        ["f1"] = 122,
        ["f2"] = 120,
        ["f3"] = 99,
        ["f4"] = 118,
        ["f5"] = 96,
        ["f6"] = 97,
        ["f7"] = 98,
        ["f8"] = 100,
        ["f9"] = 101,
        ["f10"] = 109,
        ["f11"] = 103,
        ["f12"] = 111,
        ["f13"] = 105,
        ["f14"] = 107,
        ["f15"] = 113,
        ["f16"] = 106,
        ["f17"] = 64,
        ["f18"] = 79,
        ["f19"] = 80,
        ["f20"] = 90,
    }.ToFrozenDictionary();

    /// <exception cref="UnsupportedException">Apple keyboards have no such key (print, pause, scrolllock, f21–f24), or no program can press it (capslock).</exception>
    public static int CodeOf(string name) => Codes.TryGetValue(name, out var code)
        ? code
        : throw new UnsupportedException($"macOS has no key \"{name}\" that a program could press.");

    public static KeyModifier? ModifierOf(string name) => KeyNames.TryParseModifier(name, out var modifier) ? modifier : null;

    /// <summary>As System Events names them.</summary>
    public static string Name(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => "control down",
        KeyModifier.Shift => "shift down",
        KeyModifier.Alt => "option down",
        _ => "command down",
    };
}
