namespace Sophon.Node.Platform.Ports;

/// <summary>A point in physical pixels of the OS's virtual desktop. Negative values are valid on Windows and macOS.</summary>
public readonly record struct ScreenPoint(int X, int Y)
{
    public override string ToString() => $"({X}, {Y})";
}

/// <summary>A rectangle in physical pixels of the OS's virtual desktop; right and bottom edges are exclusive.</summary>
public readonly record struct ScreenRectangle(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    public bool Contains(ScreenPoint point) =>
        point.X >= X && point.X < Right && point.Y >= Y && point.Y < Bottom;

    public ScreenRectangle Intersect(ScreenRectangle other)
    {
        int x = Math.Max(X, other.X), y = Math.Max(Y, other.Y);
        return new(x, y, Math.Max(0, Math.Min(Right, other.Right) - x), Math.Max(0, Math.Min(Bottom, other.Bottom) - y));
    }

    public override string ToString() => $"{Width}x{Height} at ({X}, {Y})";
}

/// <summary>One monitor as the OS lays it out.</summary>
/// <param name="Id">Stable while the layout does not change; what <c>screen.capture</c> takes as <c>monitor</c>.</param>
/// <param name="ScaleFactor">Logical to physical pixels: 1.0, 1.25, 1.5, 2.0 …</param>
public sealed record MonitorInfo(string Id, bool IsPrimary, ScreenRectangle Bounds, double ScaleFactor, string Name);
