using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Dashboard.Settings.Devices.Permissions;

/// <summary>A group of permissions as the documentation names it.</summary>
/// <param name="Scope">Null: reserved, nothing can be granted yet.</param>
/// <param name="Words">What granting it means, for the person who grants it.</param>
/// <param name="Warning">What they must have read before; null when there is nothing to fear.</param>
public sealed record ScopeGroup(string Name, string? Scope, string Words, string? Warning = null)
{
    /// <summary>In the order of the documentation.</summary>
    public static readonly IReadOnlyList<ScopeGroup> All =
    [
        new("Screen", Scopes.ScreenCapture, "See what is on the screen, whatever it shows."),
        new("Input", Scopes.InputControl, "Move and click the mouse, type on the keyboard.",
            "On an unlocked desktop, input can do whatever the person there can: open a terminal, read mail, confirm a question."),
        new("Applications", Scopes.AppManage, "Start, close and list applications."),
        new("Windows", Scopes.WindowManage, "List, move, minimize and maximize windows."),
        new("Clipboard", Scopes.ClipboardAccess, "Read what was copied, and replace it."),
        new("System info and processes", Scopes.SystemInfo, "Facts about the machine, and what runs on it."),
        new("System execute", Scopes.SystemExecute, "Run programs without a shell.",
            "Each run waits for a person's approval here, and for the machine's own consent."),
        new("Files", null, "Reserved for a later version."),
        new("Notifications", Scopes.NotifySend, "Show a message on the desktop."),
        new("Voice", null, "Reserved for a later version."),
        new("Browser", null, "Reserved for a later version."),
        new("Full access", Scopes.NodeCommand, "Everything above, and whatever later versions add.",
            "Grants every permission at once, running programs among them. Grant it only to a machine that is yours alone."),
    ];

    /// <summary>The commands that this group lets through.</summary>
    public IEnumerable<CommandDefinition> Commands =>
        Scope == Scopes.NodeCommand ? CommandCatalog.All : CommandCatalog.All.Where(command => command.Scope == Scope);
}
