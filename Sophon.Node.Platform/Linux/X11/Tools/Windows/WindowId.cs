using System.Globalization;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>X window ids as text: <c>0x40000c</c>.</summary>
static class WindowId
{
    /// <summary>Hexadecimal with 0x, or decimal; null when it is neither.</summary>
    public static uint? Parse(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Format(uint id) => "0x" + id.ToString("x", CultureInfo.InvariantCulture);
}
