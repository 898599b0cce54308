using System.Globalization;

namespace Sophon.Node.Platform.MacOS;

/// <summary>Arguments of screencapture(1) and sips(1).</summary>
static class CaptureArguments
{
    const string Srgb = "/System/Library/ColorSync/Profiles/sRGB Profile.icc";

    /// <summary>A rectangle of the desktop in points, without a sound.</summary>
    public static IReadOnlyList<string> Capture(PointRectangle area, string file) =>
        ["-x", "-t", "png", string.Create(CultureInfo.InvariantCulture, $"-R{area.X:0},{area.Y:0},{area.Width:0},{area.Height:0}"), file];

    /// <summary>From the display's own colours into sRGB, as raw pixels: a BMP file.</summary>
    public static IReadOnlyList<string> Convert(string from, string to) =>
        ["--matchTo", Srgb, "--setProperty", "format", "bmp", from, "--out", to];
}
