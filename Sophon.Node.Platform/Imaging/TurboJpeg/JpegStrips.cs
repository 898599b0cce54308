using System.Buffers.Binary;

namespace Sophon.Node.Platform.Imaging.TurboJpeg;

/// <summary>
/// Joins JPEG files of strips into one. A restart marker (ITU-T T.81, F.1.1.5.2) starts the coder afresh, just as a file's
/// beginning does; so the strips' scans, parted by markers, are the scan of the whole, if all strips but the last hold the
/// restart interval exactly. Pure.
/// </summary>
static class JpegStrips
{
    /// <summary>Rows that a strip's height must be a multiple of, and columns of a unit: 16 with 4:2:0.</summary>
    public const int Unit = 16;

    const byte StartOfFrame = 0xc0, StartOfScan = 0xda, RestartInterval = 0xdd, FirstRestart = 0xd0, EndOfImage = 0xd9;

    /// <summary>Joins the strips of an image, top to bottom.</summary>
    /// <param name="strips">Baseline files made with the same settings; all but the last are equally high.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels of the whole.</param>
    /// <param name="stripHeight">Pixels of each strip but the last; a multiple of <see cref="Unit"/>.</param>
    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> strips, int width, int height, int stripHeight)
    {
        var scans = strips.Select(strip => Scan(strip.Span)).ToList();
        const int interval = 6;
        var joined = new byte[scans[0].Start + interval + scans.Sum(scan => scan.End - scan.Start) + 2 * scans.Count];

        // Everything of the first file up to its scan header, with the whole's height and a restart interval in front of that header.
        var head = strips[0].Span[..scans[0].Header];
        head.CopyTo(joined);
        BinaryPrimitives.WriteUInt16BigEndian(joined.AsSpan(scans[0].Frame + 5), (ushort)height);
        var at = head.Length;
        joined[at] = 0xff;
        joined[at + 1] = RestartInterval;
        BinaryPrimitives.WriteUInt16BigEndian(joined.AsSpan(at + 2), 4);
        BinaryPrimitives.WriteUInt16BigEndian(joined.AsSpan(at + 4), checked((ushort)((width + Unit - 1) / Unit * (stripHeight / Unit))));
        at += interval;
        strips[0].Span[scans[0].Header..scans[0].Start].CopyTo(joined.AsSpan(at));
        at += scans[0].Start - scans[0].Header;

        for (var i = 0; i < scans.Count; i++)
        {
            var scan = strips[i].Span[scans[i].Start..scans[i].End];
            scan.CopyTo(joined.AsSpan(at));
            at += scan.Length;
            joined[at++] = 0xff;
            joined[at++] = i + 1 < scans.Count ? (byte)(FirstRestart + i % 8) : EndOfImage;
        }

        return joined;
    }

    // Where the frame header, the scan header and the coded data are.
    static (int Frame, int Header, int Start, int End) Scan(ReadOnlySpan<byte> file)
    {
        var frame = 0;
        for (var at = 2; ;)
        {
            var marker = file[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (marker == StartOfFrame) frame = at;
            if (marker == StartOfScan) return (frame, at, at + 2 + length, file.Length - 2);
            at += 2 + length;
        }
    }
}
