using System.Globalization;

namespace Sophon.Node.Platform.Windows;

/// <summary>A window handle as <c>window.list</c> shows it: 0x1a2b.</summary>
static class WindowId
{
    const string Prefix = "0x";

    // Only the lower 32 bits of a window handle count, also in a 64-bit process ("Interprocess Communication Between 32-bit and 64-bit Applications").
    public static string Format(nint window) => $"{Prefix}{(uint)window:x}";

    /// <summary>Null when it is no such text.</summary>
    public static nint? Parse(string id) =>
        id.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(id.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? (nint)number
            : null;
}
