using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sophon.Node.Platform.Windows.Native;

/// <summary>advapi32.dll: access tokens.</summary>
[SupportedOSPlatform("windows")]
static partial class Advapi32
{
    const string Library = "advapi32.dll";

    /// <summary>TOKEN_QUERY.</summary>
    public const uint TokenQuery = 8;

    /// <summary>TokenIntegrityLevel.</summary>
    public const int IntegrityLevel = 25;

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool OpenProcessToken(SafeProcessHandle process, uint access, out SafeAccessTokenHandle token);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static unsafe partial bool GetTokenInformation(SafeAccessTokenHandle token, int kind, void* buffer, uint length, out uint needed);

    [LibraryImport(Library)]
    public static unsafe partial byte* GetSidSubAuthorityCount(nint sid);

    [LibraryImport(Library)]
    public static unsafe partial uint* GetSidSubAuthority(nint sid, uint index);
}
