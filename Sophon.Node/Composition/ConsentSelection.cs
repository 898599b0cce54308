using Sophon.Node.Platform.Linux.Consent;
using Sophon.Node.Platform.Linux.Session;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;

namespace Sophon.Node.Composition;

/// <summary>Picks how the person at the desktop is asked.</summary>
static class ConsentSelection
{
    /// <param name="desktop">Where the person is.</param>
    public static IConsentPrompt Pick(IDesktop desktop) =>
        OperatingSystem.IsWindows() ? new WindowsConsentPrompt()
        : OperatingSystem.IsMacOS() ? new MacConsentPrompt()
        : desktop is FollowingDesktop following ? new FollowingConsentPrompt(following)
        : new LinuxConsentPrompt();
}
