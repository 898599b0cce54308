using System.Collections.Frozen;
using static Sophon.Node.Protocol.Commands.ParameterType;

namespace Sophon.Node.Protocol.Commands;

/// <summary>
/// The only list of commands. Validation, the Gateway's REST reference and docs/commands.md are made from it.
/// Names, parameters and answers are those of Sophon's public documentation; what is ours is said in the help text.
/// </summary>
public static class CommandCatalog
{
    const int LargestCoordinate = 1_000_000;
    const int LongestText = 1_000_000;

    static readonly ParameterDefinition Quality =
        new("quality", Integer, "JPEG quality", Default: 80, Minimum: 1, Maximum: 100);

    static readonly ParameterDefinition MaxWidth =
        new("maxWidth", Integer, "widest image in pixels, the aspect is kept", Minimum: 1, Maximum: 16_384);

    static readonly ParameterDefinition Cursor =
        new("cursor", ParameterType.Boolean, "ours: the mouse pointer is part of the picture", Default: false);

    static readonly ParameterDefinition IfChangedSince =
        new("ifChangedSince", ParameterType.String, "ours: the captureId of an earlier picture of the same area; if nothing changed since, the answer is {unchanged: true, captureId} and holds no image", Minimum: 1, Maximum: 100);

    static readonly IReadOnlyList<ParameterDefinition> WindowSelector =
    [
        new("id", ParameterType.String, "the window's id from window.list", Minimum: 1, Maximum: 64),
        new("title", ParameterType.String, "a part of the window's title, any case; the first match in stacking order from the top", Minimum: 1, Maximum: 1_000),
    ];

    static readonly IReadOnlyList<IReadOnlyList<string>> ByIdOrTitle = [["id", "title"]];

    static readonly IReadOnlyList<ParameterDefinition> AppSelector =
    [
        new("name", ParameterType.String, "the application's name, any case", Minimum: 1, Maximum: 1_000),
        new("pid", Integer, "a process id", Minimum: 1),
    ];

    static readonly IReadOnlyList<IReadOnlyList<string>> ByNameOrPid = [["name", "pid"]];

    static ParameterDefinition Coordinate(string name, string help) =>
        new(name, Integer, help, Required: true, Minimum: -LargestCoordinate, Maximum: LargestCoordinate);

    static readonly IReadOnlyList<ParameterDefinition> Point =
    [
        Coordinate("x", "physical pixels of the virtual desktop"),
        Coordinate("y", "physical pixels of the virtual desktop"),
    ];

    /// <summary>Every command, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("screen.capture", "A picture of the primary monitor.",
            "{image: base64 JPEG, sizeBytes, format: \"jpeg\", width, height, x, y, scale, captureId}, or {unchanged: true, captureId}",
            Device.Screen, Scopes.ScreenCapture, Risk.Low,
            [
                Quality, MaxWidth,
                new("monitor", ParameterType.String, "ours: a monitor's id from screen.monitors, or \"all\"; the primary one when absent", Minimum: 1, Maximum: 200),
                Cursor, IfChangedSince,
            ]),
        new("screen.region", "A picture of a part of the screen.",
            "as screen.capture, and region: {x, y, width, height}",
            Device.Screen, Scopes.ScreenCapture, Risk.Low,
            [
                .. Point,
                new("width", Integer, "pixels", Required: true, Minimum: 1, Maximum: LargestCoordinate),
                new("height", Integer, "pixels", Required: true, Minimum: 1, Maximum: LargestCoordinate),
                Quality, MaxWidth with { Help = "ours: " + MaxWidth.Help }, Cursor, IfChangedSince,
            ]),
        new("screen.monitors", "The monitors and where they lie.",
            "{count, monitors: [{id, isPrimary, x, y, width, height, scaleFactor, name}]}",
            Device.Screen, Scopes.ScreenCapture, Risk.Low, []),
        new("screen.queryElements", "The elements of the focused window, from the accessibility tree.",
            "{elements[], count, focusedWindowTitle, warning?}",
            Device.Accessibility, Scopes.ScreenCapture, Risk.Low,
            [
                new("includeBackground", ParameterType.Boolean, "windows without focus too", Default: false),
                new("maxDepth", Integer, "levels of the tree", Default: 8, Minimum: 1, Maximum: 64),
                new("roleFilter", ParameterType.String, "only this role", Maximum: 200),
                new("nameFilter", ParameterType.String, "only names that contain this, any case", Maximum: 1_000),
            ]),

        new("input.mouse.move", "Moves the pointer.", "{}", Device.Input, Scopes.InputControl, Risk.Medium, Point),
        new("input.mouse.click", "Moves the pointer and clicks.", "{}", Device.Input, Scopes.InputControl, Risk.Medium,
            [
                .. Point,
                new("button", ParameterType.String, "which button", Default: "left", Values: ["left", "right", "middle"]),
                new("doubleClick", ParameterType.Boolean, "two clicks", Default: false),
            ]),
        new("input.mouse.scroll", "Moves the pointer and turns the wheel; one wheel step is 40 px, the remainder is kept for the next call.",
            "{}", Device.Input, Scopes.InputControl, Risk.Medium,
            [
                .. Point,
                new("deltaX", Integer, "pixels, positive to the right", Default: 0, Minimum: -10_000, Maximum: 10_000),
                new("deltaY", Integer, "pixels, positive down", Default: 0, Minimum: -10_000, Maximum: 10_000),
            ]),
        new("input.keyboard.type", "Types text letter for letter, whatever the keyboard layout.", "{}",
            Device.Input, Scopes.InputControl, Risk.Medium,
            [new("text", ParameterType.String, "any Unicode text; a newline is Enter, a tab is Tab", Required: true, Maximum: 10_000)],
            Sensitive: true),
        new("input.keyboard.press", "Presses one key.", "{}", Device.Input, Scopes.InputControl, Risk.Medium,
            [new("keys", ParameterType.String, "one key: enter, escape, tab, f1–f24, backspace, delete, home, end, pageup, pagedown, left, right, up, down, …, or one character", Required: true, Minimum: 1, Maximum: 32)],
            Sensitive: true),
        new("input.keyboard.hotkey", "Presses keys together.", "{}", Device.Input, Scopes.InputControl, Risk.Medium,
            [new("keys", StringOrArray, "e.g. \"ctrl+shift+t\" or [\"ctrl\", \"shift\", \"t\"]", Required: true, Minimum: 1, Maximum: 64)]),

        new("clipboard.read", "The text on the clipboard.", "{text}", Device.Clipboard, Scopes.ClipboardAccess, Risk.Low, [],
            Sensitive: true),
        new("clipboard.write", "Puts text on the clipboard.", "{}", Device.Clipboard, Scopes.ClipboardAccess, Risk.Low,
            [new("text", ParameterType.String, "any Unicode text", Required: true, Maximum: 4 * LongestText)],
            Sensitive: true),

        new("app.launch", "Starts an application; returns when its process runs. It outlives the Node.", "{pid}",
            Device.App, Scopes.AppManage, Risk.Medium,
            [
                new("name", ParameterType.String, "the name of an installed application", Minimum: 1, Maximum: 1_000),
                new("path", ParameterType.String, "a program's path; passes the gate of system.execute", Minimum: 1, Maximum: 4_096, RunsProgram: true),
                new("args", StringArray, "arguments, with path only", Maximum: 1_000),
            ],
            [["name", "path"]]),
        new("app.close", "Closes an application; returns when its process has ended.", "{}",
            Device.App, Scopes.AppManage, Risk.Medium,
            [.. AppSelector, new("force", ParameterType.Boolean, "kill it", Default: false)], ByNameOrPid),
        new("app.focus", "Brings an application to the front.", "{}", Device.App, Scopes.AppManage, Risk.Medium, AppSelector, ByNameOrPid),
        new("app.list", "The applications that run with a window.", "{apps: [{name, pid, windowTitles, focused}]}",
            Device.App, Scopes.AppManage, Risk.Medium, []),

        new("window.list", "The windows, lowest in stacking order first.",
            "{windows: [{id, title, app, pid, x, y, width, height, focused, minimized}]}",
            Device.Window, Scopes.WindowManage, Risk.Low, []),
        new("window.move", "Moves a window's frame and, where given, resizes it.", "ours: {x, y, width, height} as it stands then",
            Device.Window, Scopes.WindowManage, Risk.Low,
            [
                .. WindowSelector, .. Point,
                new("width", Integer, "pixels", Minimum: 1, Maximum: LargestCoordinate),
                new("height", Integer, "pixels", Minimum: 1, Maximum: LargestCoordinate),
            ],
            ByIdOrTitle),
        new("window.minimize", "Minimises a window.", "{}", Device.Window, Scopes.WindowManage, Risk.Low, WindowSelector, ByIdOrTitle),
        new("window.maximize", "Maximises a window.", "{}", Device.Window, Scopes.WindowManage, Risk.Low, WindowSelector, ByIdOrTitle),

        new("system.info", "Facts about the machine.",
            "{hostName, userName, platform, osDescription, architecture, processorCount, memoryTotalMb, memoryAvailableMb, uptimeSeconds, timeZone, disks: [{name, format, totalMb, freeMb}]}",
            Device.System, Scopes.SystemInfo, Risk.None, []),
        new("system.processes", "The running processes, highest memory first.",
            "{processes: [{pid, name, memoryMb, cpuSeconds, startedAt}], count}",
            Device.System, Scopes.SystemInfo, Risk.None,
            [
                new("nameFilter", ParameterType.String, "only names that contain this, any case", Maximum: 1_000),
                new("limit", Integer, "at most so many", Default: 100, Minimum: 1, Maximum: 10_000),
            ]),
        new("system.execute", "Runs a program without a shell. Needs a person's approval at the Gateway and a grant on the Node besides the scope.",
            "{exitCode, stdout, stderr, truncated}",
            Device.Execute, Scopes.SystemExecute, Risk.Critical,
            [
                new("command", ParameterType.String, "a program's path, or a name on PATH", Required: true, Minimum: 1, Maximum: 4_096, RunsProgram: true),
                new("args", StringArray, "arguments", Maximum: 1_000),
                new("workingDirectory", ParameterType.String, "the folder to run in", Minimum: 1, Maximum: 4_096),
                new("env", StringMap, "environment variables to add; null removes one", Maximum: 1_000),
                new("stdin", ParameterType.String, "standard input", Maximum: LongestText),
            ],
            Sensitive: true),

        new("notify.show", "Shows a notification.", "{}", Device.Notify, Scopes.NotifySend, Risk.None,
            [
                new("title", ParameterType.String, "its headline", Required: true, Minimum: 1, Maximum: 1_000),
                new("message", ParameterType.String, "its text", Required: true, Maximum: 10_000),
            ]),
    ];

    static readonly FrozenDictionary<string, CommandDefinition> ByName = All.ToFrozenDictionary(command => command.Name);

    /// <summary>The command of that name (case matters), or null.</summary>
    public static CommandDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
