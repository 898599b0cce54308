using System.Numerics;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>One key, the layout it needs, and the modifiers that choose its level.</summary>
/// <param name="Group">0–3.</param>
/// <param name="Modifiers">Bits as in a core event's state: Shift 1, Lock 2, Control 4, Mod1–Mod5 8–128.</param>
readonly record struct KeyStroke(byte Keycode, byte Group, byte Modifiers)
{
    public int ModifierCount => BitOperations.PopCount(Modifiers);
}
