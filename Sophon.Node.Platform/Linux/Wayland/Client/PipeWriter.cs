using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.Wayland.Native;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>Writes to a descriptor that another program gave us, without trusting it to read.</summary>
static class PipeWriter
{
    const int TryAgain = 11;
    const int Interrupted = 4;

    /// <returns>Whether all of it went out; false when the reader left or stood still for the whole of <paramref name="deadline"/>.</returns>
    public static unsafe bool Write(SafeFileHandle target, ReadOnlySpan<byte> bytes, TimeSpan deadline)
    {
        var flags = LibC.FileControl(target, LibC.GetFlags, 0);
        if (flags < 0 || LibC.FileControl(target, LibC.SetFlags, flags | LibC.NonBlocking) < 0) return false;
        while (!bytes.IsEmpty)
        {
            nint count;
            fixed (byte* start = bytes) count = LibC.Write(target, start, (nuint)bytes.Length);
            if (count > 0)
            {
                bytes = bytes[(int)count..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            if (error != TryAgain) return false;
            var descriptor = new LibC.PollDescriptor { Descriptor = (int)target.DangerousGetHandle(), Events = LibC.PollOut };
            if (LibC.Poll(&descriptor, 1, (int)deadline.TotalMilliseconds) == 0) return false;
        }

        return true;
    }
}
