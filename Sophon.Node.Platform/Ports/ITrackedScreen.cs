namespace Sophon.Node.Platform.Ports;

/// <summary>A screen whose display server tells what was drawn, and can draw the pointer in. A screen that can't implements only <see cref="IScreen"/>.</summary>
public interface ITrackedScreen : IScreen
{
    /// <summary>As <see cref="IScreen.CaptureAsync(ScreenRectangle, CancellationToken)"/>; the image carries its <see cref="PixelImage.Revision"/>.</summary>
    Task<PixelImage> CaptureAsync(ScreenRectangle area, CaptureOptions options, CancellationToken cancellationToken);

    /// <summary>What was drawn inside <paramref name="area"/> after an earlier capture. Costs a round trip and no pixels.</summary>
    /// <param name="since">The earlier image's <see cref="PixelImage.Revision"/>.</param>
    /// <param name="area">As captured then.</param>
    /// <param name="options">As captured then: with the pointer drawn in, its moves are changes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Rectangles inside the area that together hold every change (and some unchanged pixels around it); none when every
    /// pixel is as it was. Null when it can't be told: the display server was restarted since, or the revision is another's.
    /// </returns>
    Task<IReadOnlyList<ScreenRectangle>?> GetChangesAsync(long since, ScreenRectangle area, CaptureOptions options, CancellationToken cancellationToken);
}

/// <param name="DrawPointer">The mouse pointer is part of the picture.</param>
public sealed record CaptureOptions(bool DrawPointer = false);
