using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>Netpbm's PPM in the form that grim writes: "P6", width, height, 255, one white space, then red, green, blue. Source: ppm(5).</summary>
readonly ref struct PixMap
{
    readonly ReadOnlySpan<byte> pixels;

    PixMap(int width, int height, ReadOnlySpan<byte> pixels)
    {
        Width = width;
        Height = height;
        this.pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    /// <exception cref="ActionFailedException">It is no such file, or cut short.</exception>
    public static PixMap Read(ReadOnlySpan<byte> file)
    {
        var position = 0;
        if (Token(file, ref position) != "P6"
            || !TryNumber(file, ref position, out var width) || !TryNumber(file, ref position, out var height)
            || !TryNumber(file, ref position, out var most) || most != 255)
        {
            throw new ActionFailedException("Grim's image is no PPM with 8 bits a channel.");
        }

        var pixels = file[Math.Min(position, file.Length)..];
        return pixels.Length >= (long)width * height * 3
            ? new PixMap(width, height, pixels)
            : throw new ActionFailedException($"Grim's image of {width}x{height} is cut short after {pixels.Length} bytes.");
    }

    /// <summary>Copies a part of it to <paramref name="at"/> of the target.</summary>
    public void CopyTo(PixelImage target, ScreenRectangle source, ScreenPoint at)
    {
        var targets = MemoryMarshal.Cast<byte, uint>(target.Bgra.Span);
        for (var y = 0; y < source.Height; y++)
        {
            var from = pixels.Slice(((source.Y + y) * Width + source.X) * 3, source.Width * 3);
            var to = targets.Slice((at.Y + y) * target.Width + at.X, source.Width);
            for (var x = 0; x < to.Length; x++) to[x] = 0xff000000 | (uint)from[3 * x] << 16 | (uint)from[3 * x + 1] << 8 | from[3 * x + 2];
        }
    }

    static bool TryNumber(ReadOnlySpan<byte> file, ref int position, out int number) =>
        int.TryParse(Token(file, ref position), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    static string Token(ReadOnlySpan<byte> file, ref int position)
    {
        var start = Math.Min(position, file.Length);
        position = start;
        while (position < file.Length && file[position] > ' ' && position - start < 16) position++;

        return Encoding.ASCII.GetString(file[start..position++]);
    }
}
