using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>User Interface Privilege Isolation: Windows drops input for a window of a higher integrity level, and says nothing (SendInput, "Remarks").</summary>
[SupportedOSPlatform("windows")]
static class Elevation
{
    /// <summary>SECURITY_MANDATORY_HIGH_RID: an administrator's elevated program.</summary>
    const uint High = 0x3000;

    static readonly uint? Own = LevelOf(Environment.ProcessId);

    public static bool IsElevated => Own >= High;

    /// <exception cref="ActionFailedException">Input would not arrive there.</exception>
    public static void RequireReachable(nint window)
    {
        if (window == 0 || User32.GetWindowThreadProcessId(window, out var pid) == 0) return;
        // What can't be read is tried.
        if (Own is { } own && LevelOf((int)pid) is { } other && other > own)
            throw new ActionFailedException(
                $"The window belongs to {ProcessNames.Of((int)pid) ?? "a program"} (pid {pid}), which runs elevated; Windows drops the input of a program that does not. Start the Node elevated (the logon task with highest privileges), or that program without.");
    }

    static uint? LevelOf(int pid)
    {
        using var process = Kernel32.OpenProcess(Kernel32.QueryLimitedInformation, inherit: false, (uint)pid);
        if (process.IsInvalid || !Advapi32.OpenProcessToken(process, Advapi32.TokenQuery, out var token)) return null;
        using (token) return LevelOf(token);
    }

    static unsafe uint? LevelOf(SafeAccessTokenHandle token)
    {
        const int capacity = 128;
        var buffer = stackalloc byte[capacity];
        if (!Advapi32.GetTokenInformation(token, Advapi32.IntegrityLevel, buffer, capacity, out _)) return null;
        // TOKEN_MANDATORY_LABEL: the level is the last part of its SID.
        var sid = ((SidAndAttributes*)buffer)->Sid;
        return *Advapi32.GetSidSubAuthority(sid, (uint)(*Advapi32.GetSidSubAuthorityCount(sid) - 1));
    }
}
