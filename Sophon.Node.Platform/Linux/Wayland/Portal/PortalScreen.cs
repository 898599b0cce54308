using SkiaSharp;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Tmds.DBus.Protocol;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>Stills through org.freedesktop.portal.Screenshot: a PNG file for each, no stream. The person allows it once; the shell may flash.</summary>
sealed class PortalScreen(string? busAddress, CompositorSession compositor) : IScreen
{
    public async Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken) =>
        (await (await compositor.ConnectAsync(cancellationToken)).GetOutputsAsync(cancellationToken)).Layout.Monitors;

    public async Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken)
    {
        var layout = (await (await compositor.ConnectAsync(cancellationToken)).GetOutputsAsync(cancellationToken)).Layout;
        layout.EnsureInside(area);
        using var bus = await PortalBus.ConnectAsync(busAddress);
        var results = await bus.RequestAsync(
            "org.freedesktop.portal.Screenshot", "Screenshot", "sa{sv}", static (ref MessageWriter writer) => writer.WriteString(""),
            new() { ["interactive"] = false }, cancellationToken);
        var file = new Uri(results["uri"].GetString()).LocalPath;
        try
        {
            return Cut(file, area, layout.Monitors.Bounds);
        }
        finally
        {
            File.Delete(file);
        }
    }

    static PixelImage Cut(string file, ScreenRectangle area, ScreenRectangle all)
    {
        using var decoded = SKBitmap.Decode(file) ?? throw new ActionFailedException($"The portal's picture {file} can't be read.");
        using var picture = decoded.Copy(SKColorType.Bgra8888);
        if (picture.Width != all.Width || picture.Height != all.Height)
        {
            throw new UnsupportedException(
                $"The portal's picture has {picture.Width}x{picture.Height} pixels, not the {all.Width}x{all.Height} of the monitors: with different scales side by side it is resampled. Set one scale for all monitors.");
        }

        var image = new PixelImage(area.Width, area.Height, new byte[area.Width * area.Height * 4]);
        for (var y = 0; y < area.Height; y++)
            picture.GetPixelSpan().Slice((area.Y + y) * picture.RowBytes + area.X * 4, area.Width * 4).CopyTo(image.Bgra.Span[(y * area.Width * 4)..]);
        return image;
    }
}
