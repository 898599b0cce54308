using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Identity.TokenStores.Windows.Native;

namespace Sophon.Node.Identity.TokenStores.Windows;

/// <summary>DPAPI: sealed with a key that Windows derives from this user's password.</summary>
[SupportedOSPlatform("windows")]
static unsafe class DataProtection
{
    /// <param name="purpose">Has to be the same at both ends; no secret.</param>
    /// <exception cref="Win32Exception">Windows refused.</exception>
    public static byte[] Protect(ReadOnlySpan<byte> data, ReadOnlySpan<byte> purpose)
    {
        fixed (byte* dataStart = data, purposeStart = purpose)
        {
            DataBlob input = new(data.Length, dataStart), entropy = new(purpose.Length, purposeStart);
            return Crypt32.CryptProtectData(in input, 0, in entropy, 0, 0, Crypt32.UiForbidden, out var output) ? Take(output) : throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <exception cref="Win32Exception">Another user's or machine's, or damaged.</exception>
    public static byte[] Unprotect(ReadOnlySpan<byte> data, ReadOnlySpan<byte> purpose)
    {
        fixed (byte* dataStart = data, purposeStart = purpose)
        {
            DataBlob input = new(data.Length, dataStart), entropy = new(purpose.Length, purposeStart);
            return Crypt32.CryptUnprotectData(in input, 0, in entropy, 0, 0, Crypt32.UiForbidden, out var output) ? Take(output) : throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    static byte[] Take(DataBlob output)
    {
        try
        {
            return new ReadOnlySpan<byte>(output.Data, output.Size).ToArray();
        }
        finally
        {
            NativeMemory.Clear(output.Data, (nuint)output.Size);
            Kernel32.LocalFree((nint)output.Data);
        }
    }
}
