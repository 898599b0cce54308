using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>kernel32.dll.</summary>
[SupportedOSPlatform("windows")]
static partial class Kernel32
{
    const string Library = "kernel32.dll";

    /// <summary>PROCESS_QUERY_LIMITED_INFORMATION.</summary>
    public const uint QueryLimitedInformation = 0x1000;

    /// <summary>GMEM_MOVEABLE.</summary>
    public const uint Moveable = 2;

    public const int AccessDenied = 5;

    [LibraryImport(Library)]
    public static partial uint GetCurrentThreadId();

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool ProcessIdToSessionId(uint process, out uint session);

    [LibraryImport(Library, SetLastError = true)]
    public static partial SafeProcessHandle OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, uint process);

    [LibraryImport(Library, EntryPoint = "QueryFullProcessImageNameW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool QueryFullProcessImageName(SafeProcessHandle process, uint flags, Span<char> name, ref uint size);

    [LibraryImport(Library, EntryPoint = "GetModuleHandleW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint GetModuleHandle(string? name);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint GlobalAlloc(uint flags, nuint bytes);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint GlobalFree(nint memory);

    [LibraryImport(Library, SetLastError = true)]
    public static unsafe partial void* GlobalLock(nint memory);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GlobalUnlock(nint memory);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nuint GlobalSize(nint memory);
}
