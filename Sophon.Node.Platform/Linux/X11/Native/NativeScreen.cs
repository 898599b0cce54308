using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Pixels of the root window, through shared memory where the server is on this machine.</summary>
[SupportedOSPlatform("linux")]
sealed class NativeScreen(X11Display display) : ITrackedScreen
{
    public Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken) =>
        display.RunAsync(session => Monitors.ReadAsync(session, cancellationToken), cancellationToken);

    public Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken) =>
        CaptureAsync(area, new CaptureOptions(), tracked: false, cancellationToken);

    public Task<PixelImage> CaptureAsync(ScreenRectangle area, CaptureOptions options, CancellationToken cancellationToken) =>
        CaptureAsync(area, options, tracked: true, cancellationToken);

    public Task<IReadOnlyList<ScreenRectangle>?> GetChangesAsync(long since, ScreenRectangle area, CaptureOptions options, CancellationToken cancellationToken) =>
        display.RunAsync(session => ScreenTracker.Works(session)
            ? ScreenTracker.Of(session).SinceAsync(since, area, options.DrawPointer, cancellationToken)
            : Task.FromResult<IReadOnlyList<ScreenRectangle>?>(null), cancellationToken);

    async Task<PixelImage> CaptureAsync(ScreenRectangle area, CaptureOptions options, bool tracked, CancellationToken cancellationToken)
    {
        // A capture under way can't be called off: the server would write into a segment that another capture has by then.
        var capture = display.RunAsync(session => TakeAsync(session, area, options, tracked && ScreenTracker.Works(session)), cancellationToken);
        try
        {
            return await capture.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = capture.ContinueWith(late => late.Result.Dispose(), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    static async Task<PixelImage> TakeAsync(X11Session session, ScreenRectangle area, CaptureOptions options, bool tracked)
    {
        var connection = session.Connection;
        var layout = PixelLayout.Of(connection.Setup, connection.Screen);
        var segment = await SegmentPool.Of(session).RentAsync(checked(layout.Stride(area.Width) * area.Height), CancellationToken.None);
        var lease = segment?.Lease();
        try
        {
            var monitors = Monitors.ReadAsync(session, CancellationToken.None);
            var (revision, pointer, pixels) = await SnapAsync();
            var image = Finish(pixels, await monitors, pointer) with { Revision = revision };
            lease = null;
            return image;
        }
        catch (X11ErrorException e) when (e.Code == X11ErrorCode.BadMatch)
        {
            throw new InvalidInputException($"The area {area} reaches outside the screen.");
        }
        finally
        {
            lease?.Dispose();
        }

        async Task<(long?, CursorImage?, byte[]?)> SnapAsync()
        {
            if (tracked)
            {
                var (revision, pointer, pixels) = await ScreenTracker.Of(session).AdvanceAsync(options.DrawPointer, ReadAsync, CancellationToken.None);
                return (revision, options.DrawPointer ? pointer : null, pixels);
            }

            var cursor = options.DrawPointer ? connection.RequestAsync(new GetCursorImage()) : null;
            return (null, cursor is null ? null : await cursor, await ReadAsync());
        }

        // Null: they are in the segment.
        async Task<byte[]?> ReadAsync()
        {
            if (segment is null) return await connection.RequestAsync(new GetImage(session.Root, area.X, area.Y, area.Width, area.Height));
            await connection.RequestAsync(new ShmGetImage(session.Root, area.X, area.Y, area.Width, area.Height, segment.Id));
            return null;
        }

        PixelImage Finish(byte[]? pixels, MonitorLayout monitors, CursorImage? pointer)
        {
            var raw = pixels is null ? segment!.Memory.Memory : pixels;
            var bgra = layout.IsBgra ? raw[..(area.Width * area.Height * 4)] : layout.ToBgra(raw.Span, area.Width, area.Height);
            Painter.BlackenGaps(bgra.Span, area, monitors);
            if (pointer is not null) Painter.DrawPointer(bgra.Span, area, pointer);
            return new PixelImage(area.Width, area.Height, bgra) { Lease = lease };
        }
    }
}
