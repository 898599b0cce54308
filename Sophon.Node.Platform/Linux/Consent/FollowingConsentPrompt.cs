using Sophon.Node.Platform.Linux.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Consent;

/// <summary>Asks on the display that the Node drives, which may be another one than its environment names.</summary>
public sealed class FollowingConsentPrompt(FollowingDesktop desktop) : IConsentPrompt
{
    public Task<ConsentAnswer> AskAsync(ConsentQuestion question, CancellationToken cancellationToken) =>
        new LinuxConsentPrompt(Variables(desktop.Choice), tool => ProgramPath.Find(tool) is not null).AskAsync(question, cancellationToken);

    static Dictionary<string, string?> Variables(DisplayChoice choice) => choice.Kind switch
    {
        DisplayKind.X11 => new() { ["DISPLAY"] = choice.Name, ["GDK_BACKEND"] = "x11" },
        DisplayKind.Wayland when File.Exists(choice.Name) => new() { ["WAYLAND_DISPLAY"] = choice.Name, ["XDG_RUNTIME_DIR"] = Path.GetDirectoryName(choice.Name) },
        _ => [],
    };
}
