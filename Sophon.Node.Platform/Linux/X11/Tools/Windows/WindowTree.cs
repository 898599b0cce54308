using System.Globalization;
using System.Text.RegularExpressions;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>
/// Where every window is, from one call of <c>xwininfo -root -tree</c>: lines that end in <c>484x316+1+20  +398+249</c>, size, position in the
/// parent, position on the screen. (xdotool and wmctrl of Debian 12 add the offset within the frame twice.)
/// </summary>
static partial class WindowTree
{
    public static IReadOnlyDictionary<uint, ScreenRectangle> Parse(string text)
    {
        var windows = new Dictionary<uint, ScreenRectangle>();
        foreach (Match line in Line().Matches(text))
        {
            int Number(string group) => int.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);
            if (WindowId.Parse(line.Groups["id"].Value) is { } id)
                windows[id] = new ScreenRectangle(Number("x"), Number("y"), Number("width"), Number("height"));
        }

        return windows;
    }

    // Negative positions are printed as "+-5".
    [GeneratedRegex(@"^ +(?<id>0x[0-9a-f]+) .*  (?<width>\d+)x(?<height>\d+)\+-?\d+\+-?\d+  \+(?<x>-?\d+)\+(?<y>-?\d+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
