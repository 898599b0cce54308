using System.Buffers;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>The screen by GDI: BitBlt from the virtual desktop, GetDIBits into pooled memory.</summary>
[SupportedOSPlatform("windows")]
sealed class GdiScreen : IScreen
{
    public Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            WindowsSession.RequireDesktop();
            return MonitorReader.Read();
        },
        cancellationToken);

    public Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            WindowsSession.RequireUnlocked();
            var layout = MonitorReader.Read();
            if (area.Width < 1 || area.Height < 1 || area.Intersect(layout.Bounds) != area)
                throw new InvalidInputException($"The region {area} is not inside the screen, {layout.Bounds}.");

            var image = Capture(area);
            if (!layout.Covers(area)) MonitorGaps.Blacken(image, area, layout);
            return image;
        },
        cancellationToken);

    static PixelImage Capture(ScreenRectangle area)
    {
        using var screen = User32.GetDC(0);
        using var memory = Gdi32.CreateCompatibleDC(screen);
        using var bitmap = Gdi32.CreateCompatibleBitmap(screen, area.Width, area.Height);
        if (bitmap.IsInvalid) throw WindowsErrors.Last($"Windows has no memory for a bitmap of {area.Width}x{area.Height}");

        var former = Gdi32.SelectObject(memory, bitmap.DangerousGetHandle());
        var copied = Gdi32.BitBlt(memory, 0, 0, area.Width, area.Height, screen, area.X, area.Y, Gdi32.SourceCopy);
        // GetDIBits wants a bitmap that no context has selected.
        Gdi32.SelectObject(memory, former);
        return copied ? Read(memory, bitmap, area) : throw WindowsErrors.Last("Windows did not copy the screen");
    }

    static unsafe PixelImage Read(MemoryContextHandle memory, BitmapHandle bitmap, ScreenRectangle area)
    {
        var size = area.Width * area.Height * 4;
        var lease = MemoryPool<byte>.Shared.Rent(size);
        var pixels = lease.Memory[..size];
        var header = new BitmapInfoHeader
        {
            Size = (uint)sizeof(BitmapInfoHeader),
            Width = area.Width,
            // Negative: rows from top to bottom.
            Height = -area.Height,
            Planes = 1,
            BitCount = 32,
        };
        if (Gdi32.GetDIBits(memory, bitmap, 0, (uint)area.Height, pixels.Span, ref header, 0) == area.Height)
            return new PixelImage(area.Width, area.Height, pixels) { Lease = lease };

        lease.Dispose();
        throw WindowsErrors.Last("Windows did not hand out the pixels");
    }
}
