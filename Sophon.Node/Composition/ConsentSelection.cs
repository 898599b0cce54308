using Sophon.Node.Platform.Linux.Consent;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;

namespace Sophon.Node.Composition;

/// <summary>Picks how the person at the desktop is asked.</summary>
static class ConsentSelection
{
    public static IConsentPrompt Pick() =>
        OperatingSystem.IsWindows() ? new WindowsConsentPrompt()
        : OperatingSystem.IsMacOS() ? new MacConsentPrompt()
        : new LinuxConsentPrompt();
}
