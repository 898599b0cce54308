namespace Sophon.Node.Platform.Ports;

/// <summary>What the person sees.</summary>
public interface IScreen
{
    /// <summary>The monitors as they are laid out now. Never empty.</summary>
    /// <exception cref="DisplayUnavailableException">No display server answers.</exception>
    Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken);

    /// <summary>The pixels of <paramref name="area"/>, unscaled, exactly <c>area.Width × area.Height</c>. Dispose the image when it has been encoded.</summary>
    /// <param name="area">Physical pixels, inside the layout's bounds; pixels in a gap between monitors are black.</param>
    /// <param name="cancellationToken">Ends the capture and every helper that it started.</param>
    /// <exception cref="PlatformException">See the derived types.</exception>
    Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken);
}

/// <summary>Raw pixels: 4 bytes each in the order blue, green, red, unused; rows top to bottom without padding.</summary>
/// <param name="Width">Pixels, at least 1.</param>
/// <param name="Height">Pixels, at least 1.</param>
/// <param name="Bgra">Exactly <c>Width × Height × 4</c> bytes; not to be touched after <see cref="Dispose"/>.</param>
public sealed record PixelImage(int Width, int Height, Memory<byte> Bgra) : IDisposable
{
    /// <summary>Takes the buffer back (memory shared with the display server, a pool); null when the garbage collector will.</summary>
    public IDisposable? Lease { get; init; }

    /// <summary>The point in the screen's history that the pixels show, for <see cref="ITrackedScreen"/>; null when nobody keeps track.</summary>
    public long? Revision { get; init; }

    public void Dispose() => Lease?.Dispose();
}
