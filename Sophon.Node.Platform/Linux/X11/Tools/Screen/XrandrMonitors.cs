using System.Globalization;
using System.Text.RegularExpressions;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Reads <c>xrandr --listactivemonitors</c>: lines such as <c> 1: +*R 640/170x800/210+640+0  DP-1</c>, where <c>*</c> marks the primary one.</summary>
static partial class XrandrMonitors
{
    public static IReadOnlyList<MonitorInfo> Parse(string text)
    {
        var monitors = new List<MonitorInfo>();
        foreach (Match line in Line().Matches(text))
        {
            int Number(string group) => int.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);
            var name = line.Groups["name"].Value;
            var bounds = new ScreenRectangle(Number("x"), Number("y"), Number("width"), Number("height"));
            // X11 has physical pixels only; toolkits scale on their own account.
            monitors.Add(new MonitorInfo(name, line.Groups["primary"].Success, bounds, ScaleFactor: 1.0, name));
        }

        if (monitors.Count > 0 && !monitors.Exists(monitor => monitor.IsPrimary)) monitors[0] = monitors[0] with { IsPrimary = true };
        return monitors;
    }

    [GeneratedRegex(@"^ *\d+: \+?(?<primary>\*)?(?<name>\S+) (?<width>\d+)/\d+x(?<height>\d+)/\d+\+(?<x>-?\d+)\+(?<y>-?\d+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
