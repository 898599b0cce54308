using System.Globalization;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>The screen by scrot, the monitors by xrandr where that is installed.</summary>
[SupportedOSPlatform("linux")]
sealed class ToolsScreen(X11Helpers helpers) : IScreen
{
    public async Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken)
    {
        if (ProgramPath.Find("xrandr") is not null)
        {
            var monitors = XrandrMonitors.Parse((await helpers.RunAsync("xrandr", ["--listactivemonitors"], cancellationToken)).Text);
            if (monitors.Count > 0) return new MonitorLayout(monitors);
        }

        return new MonitorLayout([await WholeScreenAsync(cancellationToken)]);
    }

    public async Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken)
    {
        var layout = await GetMonitorsAsync(cancellationToken);
        if (area.Width < 1 || area.Height < 1 || area.Intersect(layout.Bounds) != area)
            throw new InvalidInputException($"The region {area} is not inside the screen, {layout.Bounds}.");

        using var folder = new PrivateMemoryFolder();
        var path = Path.Combine(folder.Path, "capture.argb");
        var region = string.Create(CultureInfo.InvariantCulture, $"{area.X},{area.Y},{area.Width},{area.Height}");
        await helpers.RunAsync("scrot", ["--silent", "--autoselect", region, path], cancellationToken);

        // scrot exits with 0 when imlib2 could not write.
        if (!File.Exists(path)) throw new ActionFailedException("scrot ended without an image; is /dev/shm or the temporary folder full?");
        var image = ArgbFile.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        if (image.Width != area.Width || image.Height != area.Height)
            throw new ActionFailedException($"scrot captured {image.Width}x{image.Height} instead of {area.Width}x{area.Height}; did the screen change its size?");

        if (!layout.Covers(area)) MonitorGaps.Blacken(image, area, layout);
        return image;
    }

    async Task<MonitorInfo> WholeScreenAsync(CancellationToken cancellationToken)
    {
        var result = await helpers.RunAsync("xdotool", ["getdisplaygeometry"], cancellationToken);
        return result.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var w, var h]
            && int.TryParse(w, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(h, CultureInfo.InvariantCulture, out var height)
            ? new MonitorInfo("screen", true, new ScreenRectangle(0, 0, width, height), 1.0, "screen")
            : throw new ActionFailedException($"xdotool getdisplaygeometry answered \"{result.Text.Trim()}\", not a width and a height.");
    }
}
