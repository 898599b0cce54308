using System.Globalization;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>
/// imlib2's own uncompressed format: the line <c>ARGB width height alpha</c>, then one 32-bit word a pixel in the machine's order,
/// which on little endian is blue, green, red, alpha. No encoding at all, so scrot writes it four times faster than PNG.
/// </summary>
static class ArgbFile
{
    public static PixelImage Parse(ReadOnlySpan<byte> file)
    {
        var lineEnd = file[..Math.Min(file.Length, 64)].IndexOf((byte)'\n');
        if (lineEnd > 0
            && Encoding.ASCII.GetString(file[..lineEnd]).Split(' ') is ["ARGB", var w, var h, ..]
            && int.TryParse(w, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(h, CultureInfo.InvariantCulture, out var height)
            && width > 0 && height > 0
            && file.Length - lineEnd - 1 == (long)width * height * 4)
        {
            return new PixelImage(width, height, file[(lineEnd + 1)..].ToArray());
        }

        throw new ActionFailedException($"scrot wrote no image that can be read ({file.Length} bytes).");
    }
}
