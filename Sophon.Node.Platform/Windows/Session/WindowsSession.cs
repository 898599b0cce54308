using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Asks Windows for <see cref="SessionFacts"/>, anew each time: a lock or a switch of users tells nobody here.</summary>
[SupportedOSPlatform("windows")]
static class WindowsSession
{
    public static SessionFacts Read()
    {
        if (!Kernel32.ProcessIdToSessionId((uint)Environment.ProcessId, out var session)) throw WindowsErrors.Last("Windows did not tell the session of this process");
        using var input = User32.OpenInputDesktop(0, inherit: false, User32.DesktopReadObjects);
        return new SessionFacts(
            session,
            IsVisible(User32.GetProcessWindowStation()),
            NameOf(User32.GetThreadDesktop(Kernel32.GetCurrentThreadId())),
            input.IsInvalid ? null : NameOf(input.DangerousGetHandle()));
    }

    public static void RequireDesktop() => Read().RequireDesktop();

    public static void RequireUnlocked() => Read().RequireUnlocked();

    static unsafe bool IsVisible(nint station)
    {
        UserObjectFlags flags;
        return User32.GetUserObjectInformation(station, User32.ObjectFlags, &flags, (uint)sizeof(UserObjectFlags), out _)
            && (flags.Flags & UserObjectFlags.Visible) != 0;
    }

    static unsafe string? NameOf(nint desktop)
    {
        const int capacity = 256;
        var name = stackalloc char[capacity];
        return User32.GetUserObjectInformation(desktop, User32.ObjectName, name, capacity * sizeof(char), out _) ? new string(name) : null;
    }
}
