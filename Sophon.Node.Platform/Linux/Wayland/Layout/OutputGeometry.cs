using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Layout;

/// <summary>What the compositor tells of one monitor.</summary>
/// <param name="Name">E.g. <c>DP-1</c>; unique.</param>
/// <param name="Description">For people.</param>
/// <param name="Logical">Place and size in the compositor's logical layout, as turned.</param>
/// <param name="PixelWidth">Physical pixels across, as turned.</param>
/// <param name="PixelHeight">Physical pixels down, as turned.</param>
/// <param name="Scale">Physical pixels per logical unit.</param>
sealed record OutputGeometry(string Name, string Description, ScreenRectangle Logical, int PixelWidth, int PixelHeight, double Scale)
{
    // Fractional scales travel as multiples of 1/120 (wp_fractional_scale_v1).
    const int ScaleDenominator = 120;

    /// <summary>The scale that turned <paramref name="pixels"/> into <paramref name="logical"/>, free of the rounding of the logical size.</summary>
    public static double ScaleOf(int pixels, int logical) =>
        Math.Round((double)pixels / logical * ScaleDenominator) / ScaleDenominator;
}
