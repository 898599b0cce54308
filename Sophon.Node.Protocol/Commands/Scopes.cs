using System.Collections.Frozen;

namespace Sophon.Node.Protocol.Commands;

/// <summary>Permission scopes: what a Node may be asked to do.</summary>
public static class Scopes
{
    public const string ScreenCapture = "screen.capture";
    public const string InputControl = "input.control";
    public const string ClipboardAccess = "clipboard.access";
    public const string AppManage = "app.manage";
    public const string WindowManage = "window.manage";
    public const string SystemInfo = "system.info";
    public const string SystemExecute = "system.execute";
    public const string NotifySend = "notify.send";

    /// <summary>Grants every other scope.</summary>
    public const string NodeCommand = "node.command";

    public static readonly FrozenSet<string> All = new[]
    {
        ScreenCapture, InputControl, ClipboardAccess, AppManage, WindowManage, SystemInfo, SystemExecute, NotifySend, NodeCommand,
    }.ToFrozenSet();

    /// <summary>What a newly approved Node gets when the approver does not choose.</summary>
    public static readonly IReadOnlyList<string> Default = [ScreenCapture, SystemInfo, NotifySend];

    public static bool Grants(IReadOnlySet<string> granted, string scope) =>
        granted.Contains(scope) || granted.Contains(NodeCommand);
}
