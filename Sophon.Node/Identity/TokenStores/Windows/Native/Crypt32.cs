using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sophon.Node.Identity.TokenStores.Windows.Native;

[SupportedOSPlatform("windows")]
static unsafe partial class Crypt32
{
    /// <summary>CRYPTPROTECT_UI_FORBIDDEN: fail rather than ask.</summary>
    public const uint UiForbidden = 0x1;

    [LibraryImport("crypt32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CryptProtectData(in DataBlob data, nint description, in DataBlob entropy, nint reserved, nint prompt, uint flags, out DataBlob result);

    [LibraryImport("crypt32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CryptUnprotectData(in DataBlob data, nint description, in DataBlob entropy, nint reserved, nint prompt, uint flags, out DataBlob result);
}

/// <summary>DATA_BLOB.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct DataBlob(int size, byte* data)
{
    public int Size = size;

    public byte* Data = data;
}
