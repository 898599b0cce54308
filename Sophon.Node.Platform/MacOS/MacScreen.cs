using SkiaSharp;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>The screen by screencapture, its colours by sips, the monitors by osascript.</summary>
sealed class MacScreen(HelperRunner runner, MacMonitors monitors, MacPermissions permissions) : IScreen
{
    public async Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken) => (await monitors.ReadAsync(cancellationToken)).Layout;

    public async Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken)
    {
        await permissions.RequireScreenRecordingAsync(cancellationToken);
        var map = await monitors.ReadAsync(cancellationToken);
        if (area.Width < 1 || area.Height < 1 || area.Intersect(map.Layout.Bounds) != area)
            throw new InvalidInputException($"The region {area} is not inside the screen, {map.Layout.Bounds}.");

        // 0700, and gone with the call: a screenshot may show anything.
        var folder = Directory.CreateTempSubdirectory("sophon-capture-");
        try
        {
            var whole = new byte[area.Width * area.Height * 4];
            foreach (var part in map.Split(area)) Copy(await CaptureAsync(part, folder.FullName, cancellationToken), part.Pixels, whole, area);
            return new PixelImage(area.Width, area.Height, whole);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task<byte[]> CaptureAsync(PointMap.Part part, string folder, CancellationToken cancellationToken)
    {
        string captured = Path.Combine(folder, "capture.png"), converted = Path.Combine(folder, "capture.bmp");
        await runner.RunAsync("screencapture", CaptureArguments.Capture(part.Points, captured), cancellationToken);
        await runner.RunAsync("sips", CaptureArguments.Convert(captured, converted), cancellationToken);
        if (!File.Exists(converted)) throw new ActionFailedException("screencapture and sips ended without an image; is the disk full?");
        return Decode(converted, part.Pixels.Width, part.Pixels.Height);
    }

    static byte[] Decode(string file, int width, int height)
    {
        using var bitmap = SKBitmap.Decode(file, new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque))
            ?? throw new ActionFailedException($"sips made no image of {width}x{height}; did the screen change its size?");
        return bitmap.GetPixelSpan().ToArray();
    }

    static void Copy(byte[] pixels, ScreenRectangle from, byte[] whole, ScreenRectangle area)
    {
        var shown = from.Intersect(area);
        for (var y = shown.Y; y < shown.Bottom; y++)
        {
            var source = ((y - from.Y) * from.Width + shown.X - from.X) * 4;
            pixels.AsSpan(source, shown.Width * 4).CopyTo(whole.AsSpan(((y - area.Y) * area.Width + shown.X - area.X) * 4));
        }
    }
}
