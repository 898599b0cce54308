using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <summary>Where this process stands among the sessions and desktops of Windows.</summary>
/// <param name="SessionId">0 is the services' session, which no person sees (since Windows Vista).</param>
/// <param name="StationVisible">The window station has a screen (WSF_VISIBLE).</param>
/// <param name="OwnDesktop">The desktop of the asking thread, "Default" for a person's programs.</param>
/// <param name="InputDesktop">The desktop that has mouse and keyboard now; null when this process may not even open it, as is the case for the secure one.</param>
sealed record SessionFacts(uint SessionId, bool StationVisible, string? OwnDesktop, string? InputDesktop)
{
    public const string LogonTaskCure = "Run the Node in the person's session, as a logon task: sophon-node service install (the default on Windows), and remove the Windows service.";

    public SessionState State =>
        SessionId == 0 || !StationVisible ? SessionState.NoDisplay
        : InputDesktop is null || InputDesktop != OwnDesktop ? SessionState.Locked
        : SessionState.Active;

    /// <exception cref="DisplayUnavailableException">There is no desktop here.</exception>
    public void RequireDesktop()
    {
        if (SessionId == 0)
            throw new DisplayUnavailableException($"The Node runs in session 0, where Windows keeps its services: no person's desktop is visible from there. {LogonTaskCure}");
        if (!StationVisible)
            throw new DisplayUnavailableException($"The Node runs on a window station without a screen, as a service does. {LogonTaskCure}");
    }

    /// <exception cref="DisplayUnavailableException">There is no desktop here, or it is locked.</exception>
    public void RequireUnlocked()
    {
        RequireDesktop();
        if (State == SessionState.Locked)
            throw new DisplayUnavailableException($"The screen is locked, or Windows asks for an administrator's consent (the desktop \"{InputDesktop ?? "secure"}\" has mouse and keyboard). Somebody has to unlock it at the machine.");
    }
}
