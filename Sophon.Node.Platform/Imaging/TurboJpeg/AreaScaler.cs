using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sophon.Node.Platform.Imaging.TurboJpeg;

/// <summary>
/// Makes an image smaller: each target pixel is the mean of the area that it covers. Thin text keeps its weight, which
/// sampling would lose. (Skia's mipmapped scaling took 90 ms for 1080p → 1280 where this takes about 5.)
/// </summary>
static class AreaScaler
{
    // Weights are in 256ths and sum to that, so that a weighted sum of bytes fits 16 bits.
    const int One = 256;

    /// <summary>Scales BGRA pixels down.</summary>
    /// <param name="target">At least <c>targetWidth × targetHeight × 4</c> bytes.</param>
    /// <param name="cores">How many may work.</param>
    public static void Scale(ReadOnlyMemory<byte> source, int width, int height, Memory<byte> target, int targetWidth, int targetHeight, int cores)
    {
        Taps columns = Taps.Of(width, targetWidth), rows = Taps.Of(height, targetHeight);
        var share = (targetHeight + cores - 1) / cores;
        if (cores == 1) ScaleRows(0);
        else Parallel.For(0, cores, ScaleRows);

        void ScaleRows(int part)
        {
            var sums = ArrayPool<ushort>.Shared.Rent(width * 4);
            for (var y = part * share; y < Math.Min(targetHeight, (part + 1) * share); y++)
            {
                var sum = sums.AsSpan(0, width * 4);
                sum.Clear();
                for (var i = rows.First[y]; i < rows.First[y + 1]; i++)
                    AddRow(source.Span.Slice((rows.Source[y] + i - rows.First[y]) * width * 4, width * 4), rows.Weights[i], sum);
                Narrow(sum, columns, target.Span.Slice(y * targetWidth * 4, targetWidth * 4));
            }

            ArrayPool<ushort>.Shared.Return(sums);
        }
    }

    static void AddRow(ReadOnlySpan<byte> row, ushort weight, Span<ushort> sum)
    {
        var x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out var low, out var high);
            Span<ushort> first = sum[x..], second = sum[(x + Vector<ushort>.Count)..];
            (new Vector<ushort>(first) + low * weight).CopyTo(first);
            (new Vector<ushort>(second) + high * weight).CopyTo(second);
        }

        for (; x < row.Length; x++) sum[x] += (ushort)(row[x] * weight);
    }

    static void Narrow(ReadOnlySpan<ushort> sum, Taps columns, Span<byte> target)
    {
        var pixels = MemoryMarshal.Cast<ushort, ulong>(sum);
        var result = MemoryMarshal.Cast<byte, uint>(target);
        for (var x = 0; x < result.Length; x++)
        {
            // 65,536ths; half of one rounds.
            var mean = Vector128.Create(1u << 15);
            var from = columns.Source[x] - columns.First[x];
            for (var i = columns.First[x]; i < columns.First[x + 1]; i++)
                mean += Vector128.WidenLower(Vector128.CreateScalar(pixels[from + i]).AsUInt16()) * (uint)columns.Weights[i];
            var bytes = mean >>> 16;
            result[x] = bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24;
        }
    }

    /// <summary>Which source pixels, from <paramref name="Source"/> on, make a target pixel, and their weights: <paramref name="First"/> is its first weight.</summary>
    sealed record Taps(int[] Source, int[] First, ushort[] Weights)
    {
        public static Taps Of(int from, int to)
        {
            var (source, first, weights) = (new int[to], new int[to + 1], new List<ushort>());
            for (var i = 0; i < to; i++)
            {
                // In units of 1/to source pixels, so that edges are exact.
                long start = (long)i * from, end = start + from;
                source[i] = (int)(start / to);
                first[i] = weights.Count;
                long covered = 0;
                int given = 0;
                for (var pixel = start / to; pixel * to < end; pixel++)
                {
                    covered += Math.Min(end, (pixel + 1) * to) - Math.Max(start, pixel * to);
                    // Rounding the running sum keeps the weights' sum exact.
                    var sum = (int)((covered * One + from / 2) / from);
                    weights.Add((ushort)(sum - given));
                    given = sum;
                }
            }

            first[to] = weights.Count;
            return new Taps(source, first, [.. weights]);
        }
    }
}
