using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Imaging.TurboJpeg;

/// <summary>The TurboJPEG C API, version 2 (turbojpeg.h of libjpeg-turbo 2.1; version 3 keeps these functions).</summary>
static partial class LibTurboJpeg
{
    /// <summary>Debian's package libturbojpeg0.</summary>
    public const string Library = "libturbojpeg.so.0";

    public const int PixelFormatBgrx = 3;
    public const int Subsampling420 = 2;

    /// <summary>The buffer is ours and large enough (<see cref="BufferSize"/>).</summary>
    public const int NoReallocation = 1024;

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial Compressor InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    /// <summary>The DCT that libjpeg uses by default. Without it TurboJPEG takes a faster one below quality 96, which costs up to 1 dB.</summary>
    public const int AccurateDct = 4096;

    /// <summary>Largest JPEG that an image of this size can become, in bytes.</summary>
    [LibraryImport(Library, EntryPoint = "tjBufSize")]
    public static partial CULong BufferSize(int width, int height, int subsampling);

    /// <param name="source">First pixel.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <param name="target">Address of the buffer's address.</param>
    /// <param name="size">In: the buffer's size; out: the file's.</param>
    /// <returns>0, or -1 on failure.</returns>
    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        Compressor handle, nint source, int width, int pitch, int height, int pixelFormat,
        ref nint target, ref CULong size, int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial nint ErrorText(Compressor handle);

    /// <summary>One compressor; serves one thread at a time.</summary>
    public sealed class Compressor : SafeHandleZeroOrMinusOneIsInvalid
    {
        public Compressor()
            : base(ownsHandle: true)
        {
        }

        protected override bool ReleaseHandle() => Destroy(handle) == 0;
    }
}
