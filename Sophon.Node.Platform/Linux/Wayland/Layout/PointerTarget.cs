using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Layout;

/// <summary>A pixel as an absolute motion of a virtual pointer: <paramref name="X"/> of <paramref name="ExtentX"/> of the logical layout, likewise down.</summary>
readonly record struct PointerTarget(uint X, uint Y, uint ExtentX, uint ExtentY)
{
    // Clients get positions in steps of 1/256 of a logical unit. The pixel is entered at its first such step (at scale 1 its very corner,
    // a whole number), and an eighth of a step further in, so that no floating-point division in the compositor can fall short of it.
    const int StepsPerUnit = 256;
    const int PartsPerStep = 8;

    public static PointerTarget Of(ScreenPoint point, PhysicalLayout layout)
    {
        var (x, y) = layout.ToLogical(point);
        return new PointerTarget(
            Parts(x - layout.Logical.X), Parts(y - layout.Logical.Y),
            Extent(layout.Logical.Width), Extent(layout.Logical.Height));
    }

    static uint Parts(double units) => (uint)Math.Ceiling(units * StepsPerUnit - 1e-6) * PartsPerStep + 1;

    static uint Extent(int units) => (uint)units * StepsPerUnit * PartsPerStep;
}
