using System.Buffers;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Live;

namespace Sophon.Node.Actors.GatewayConnection.Hub.LiveView;

/// <summary>Makes the frames of one view: what differs from what was sent, and where nothing moves any more, in better quality. One caller.</summary>
sealed class LiveSource(IScreen screen, IImageEncoder encoder, TimeProvider time)
{
    static readonly TimeSpan LayoutFreshness = TimeSpan.FromSeconds(1), RestAfter = TimeSpan.FromMilliseconds(400);
    static readonly CaptureOptions WithPointer = new(DrawPointer: true);

    readonly ITrackedScreen? tracked = screen as ITrackedScreen;
    ScreenRectangle area;
    long layoutReadAt;
    TileGrid? grid;
    long? revision;
    uint sequence;

    public AdaptiveQuality Quality { get; } = new();

    /// <summary>A frame into <paramref name="target"/>, unless nothing changed.</summary>
    /// <returns>Its sequence; null when there is nothing to send.</returns>
    /// <exception cref="PlatformException">The screen can't be read.</exception>
    public async Task<uint?> NextAsync(ArrayBufferWriter<byte> target, CancellationToken cancellationToken)
    {
        await LookAtLayoutAsync(cancellationToken);
        if (grid is not null && revision is { } before && tracked is not null
            && await tracked.GetChangesAsync(before, area, WithPointer, cancellationToken) is { Count: 0 }
            && !grid.HasCoarse(AdaptiveQuality.Rest, Rested)) return null;

        var readAt = time.GetTimestamp();
        using var image = tracked is null
            ? await screen.CaptureAsync(area, cancellationToken)
            : await tracked.CaptureAsync(area, WithPointer, cancellationToken);

        // Asked after the capture, so that it holds whatever the capture shows; what came later besides differs in nothing and is not sent.
        var changes = grid is not null && revision is { } since && image.Revision is not null
            ? await tracked!.GetChangesAsync(since, area, WithPointer, cancellationToken)
            : null;
        revision = image.Revision;
        if (grid is null || !grid.Fits(image.Width, image.Height)) grid = new TileGrid(image.Width, image.Height);

        var quality = Quality.Current;
        var tiles = grid.TakeChanged(image, changes?.Select(change => change with { X = change.X - area.X, Y = change.Y - area.Y }).ToList(), quality, time.GetTimestamp());
        if (tiles.Count == 0)
        {
            quality = AdaptiveQuality.Rest;
            tiles = grid.TakeCoarse(image, quality, Rested);
        }

        if (tiles.Count == 0) return null;
        Write(image, tiles, quality, readAt, target);
        return sequence;
    }

    /// <summary>What was sent last may not have arrived: the next frame is a whole one.</summary>
    public void StartAnew() => (grid, revision, layoutReadAt) = (null, null, 0);

    long Rested => time.GetTimestamp() - (long)(RestAfter.TotalSeconds * time.TimestampFrequency);

    void Write(PixelImage image, List<ScreenRectangle> tiles, int quality, long readAt, ArrayBufferWriter<byte> target)
    {
        target.ResetWrittenCount();
        target.GetSpan(LiveFrame.HeadBytes)[..LiveFrame.HeadBytes].Clear();
        target.Advance(LiveFrame.HeadBytes);
        foreach (var tile in tiles)
        {
            var head = target.WrittenCount;
            target.GetSpan(LiveFrame.TileHeadBytes)[..LiveFrame.TileHeadBytes].Clear();
            target.Advance(LiveFrame.TileHeadBytes);
            var length = encoder.EncodePart(image, tile, quality, target);
            LiveFrame.WriteTileHead(Written(target, head), tile.X, tile.Y, tile.Width, tile.Height, length);
        }

        var age = (int)time.GetElapsedTime(readAt).TotalMilliseconds;
        new LiveFrame(++sequence, image.Width, image.Height, area.X, area.Y, age, []).WriteHead(Written(target, 0), tiles.Count);
    }

    // The writer's own memory: what was left open is filled in when it is known.
    static Span<byte> Written(ArrayBufferWriter<byte> target, int at) =>
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(target.WrittenMemory).Span[at..];

    async Task LookAtLayoutAsync(CancellationToken cancellationToken)
    {
        if (layoutReadAt != 0 && time.GetElapsedTime(layoutReadAt) < LayoutFreshness) return;
        var bounds = (await screen.GetMonitorsAsync(cancellationToken)).Primary.Bounds;
        layoutReadAt = time.GetTimestamp();
        if (bounds == area) return;
        area = bounds;
        (grid, revision) = (null, null);
    }
}
