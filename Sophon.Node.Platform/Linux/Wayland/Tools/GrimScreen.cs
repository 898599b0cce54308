using System.Globalization;
using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>The screen by grim, the monitors by swaymsg.</summary>
sealed class GrimScreen(WaylandHelpers helpers, ISwayIpc sway) : IScreen
{
    public async Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken) => (await sway.GetLayoutAsync(cancellationToken)).Monitors;

    public async Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken)
    {
        var layout = await sway.GetLayoutAsync(cancellationToken);
        layout.EnsureInside(area);
        var image = new PixelImage(area.Width, area.Height, new byte[area.Width * area.Height * 4]);
        foreach (var output in layout.Outputs)
        {
            var part = output.Bounds.Intersect(area);
            if (part.Width == 0 || part.Height == 0) continue;
            await CaptureAsync(output, part, image, new ScreenPoint(part.X - area.X, part.Y - area.Y), cancellationToken);
        }

        return image;
    }

    // grim's regions are logical: at scale 1 they are pixels, at any other scale only the whole output comes unscaled.
    async Task CaptureAsync(PlacedOutput output, ScreenRectangle part, PixelImage image, ScreenPoint at, CancellationToken cancellationToken)
    {
        var local = part with { X = part.X - output.Bounds.X, Y = part.Y - output.Bounds.Y };
        var logical = output.Geometry.Logical;
        var isRegion = output.Geometry.Scale == 1 && part != output.Bounds;
        string[] what = isRegion
            ? ["-s", "1", "-g", string.Create(CultureInfo.InvariantCulture, $"{logical.X + local.X},{logical.Y + local.Y} {local.Width}x{local.Height}")]
            : ["-o", output.Geometry.Name];
        var result = await helpers.RunAsync("grim", ["-t", "ppm", .. what, "-"], cancellationToken);

        var picture = PixMap.Read(result.Output);
        var source = isRegion ? local with { X = 0, Y = 0 } : local;
        if (picture.Width < source.Right || picture.Height < source.Bottom)
        {
            throw new ActionFailedException(
                $"Grim gave {picture.Width}x{picture.Height} pixels of {output.Geometry.Name} where {source.Right}x{source.Bottom} were due: its mode has just changed.");
        }

        picture.CopyTo(image, source, at);
    }
}
