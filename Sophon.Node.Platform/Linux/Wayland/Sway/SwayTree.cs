using System.Globalization;
using System.Text.Json;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Sway;

/// <summary>A window in sway's tree; rectangles are logical.</summary>
/// <param name="ContainerId">sway's <c>con_id</c>.</param>
/// <param name="Title">As shown.</param>
/// <param name="App">Wayland's app_id, or the WM_CLASS of a program under Xwayland.</param>
/// <param name="ProcessId">Null when sway does not know.</param>
/// <param name="Frame">With title bar and border.</param>
/// <param name="Workspace">Where its workspace lies, bars left out; null in the scratchpad.</param>
/// <param name="IsFocused">It has the keyboard.</param>
/// <param name="IsFloating">Not tiled.</param>
/// <param name="IsFullscreen">It covers its output, or all of them.</param>
/// <param name="IsHidden">It is in the scratchpad, sway's place for windows put away.</param>
sealed record SwayWindow(
    long ContainerId, string Title, string App, int? ProcessId, ScreenRectangle Frame, ScreenRectangle? Workspace,
    bool IsFocused, bool IsFloating, bool IsFullscreen, bool IsHidden)
{
    public string Id => ContainerId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Reads the answer to <see cref="SwayMessage.GetTree"/>.</summary>
static class SwayTree
{
    const string Scratchpad = "__i3_scratch";

    /// <summary>All windows: the tiled ones of each workspace, then its floating ones, which lie above.</summary>
    public static IReadOnlyList<SwayWindow> Read(JsonElement root)
    {
        var windows = new List<SwayWindow>();
        Walk(root, null, false, windows);
        return windows;
    }

    public static ScreenRectangle Rectangle(JsonElement value) => new(
        value.GetProperty("x").GetInt32(), value.GetProperty("y").GetInt32(),
        value.GetProperty("width").GetInt32(), value.GetProperty("height").GetInt32());

    static void Walk(JsonElement node, JsonElement? workspace, bool isFloating, List<SwayWindow> windows)
    {
        if (Text(node, "type") == "workspace") workspace = node;
        if (node.TryGetProperty("pid", out _) && workspace is { } home) windows.Add(Describe(node, home, isFloating));
        foreach (var child in Children(node, "nodes")) Walk(child, workspace, isFloating, windows);
        foreach (var child in Children(node, "floating_nodes")) Walk(child, workspace, true, windows);
    }

    static SwayWindow Describe(JsonElement node, JsonElement workspace, bool isFloating)
    {
        var isHidden = Text(workspace, "name") == Scratchpad;
        var app = Text(node, "app_id")
            ?? (node.TryGetProperty("window_properties", out var properties) ? Text(properties, "class") : null)
            ?? "";
        return new SwayWindow(
            node.GetProperty("id").GetInt64(), Text(node, "name") ?? "", app,
            node.GetProperty("pid").GetInt32() is > 0 and var pid ? pid : null,
            Frame(node), isHidden ? null : Rectangle(workspace.GetProperty("rect")),
            node.GetProperty("focused").GetBoolean(), isFloating,
            node.GetProperty("fullscreen_mode").GetInt32() != 0, isHidden);
    }

    // "rect" starts below the title bar, whose height "deco_rect" tells.
    static ScreenRectangle Frame(JsonElement node)
    {
        var inner = Rectangle(node.GetProperty("rect"));
        var bar = node.GetProperty("deco_rect").GetProperty("height").GetInt32();
        return inner with { Y = inner.Y - bar, Height = inner.Height + bar };
    }

    static JsonElement.ArrayEnumerator Children(JsonElement node, string name) =>
        node.TryGetProperty(name, out var children) ? children.EnumerateArray() : default;

    static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
