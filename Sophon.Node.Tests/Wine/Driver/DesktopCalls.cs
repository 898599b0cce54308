using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;

namespace Sophon.Node.Tests.Wine.Driver;

/// <summary>The ports of <see cref="WindowsDesktop"/>.</summary>
[SupportedOSPlatform("windows")]
sealed class DesktopCalls(WindowsDesktop desktop) : ICalls
{
    readonly List<string> chosen = [];
    TrayIcon? tray;

    public async Task<(JsonNode? Result, ReadOnlyMemory<byte> Bytes)> CallAsync(string call, JsonObject arguments, CancellationToken token)
    {
        if (call != "capture") return (await RunAsync(call, arguments, token), default);
        using var image = await desktop.Screen.CaptureAsync(Read<ScreenRectangle>(arguments, "area"), token);
        return (null, image.Bgra.ToArray());
    }

    async Task<JsonNode?> RunAsync(string call, JsonObject arguments, CancellationToken token)
    {
        int? Number(string name) => (int?)arguments[name];
        string Text(string name) => (string)arguments[name]!;
        ScreenPoint Point() => Read<ScreenPoint>(arguments, "point");
        ApplicationSelector Selector() => new(Number("pid"), (string?)arguments["name"]);

        switch (call)
        {
            case "monitors": return Json((await desktop.Screen.GetMonitorsAsync(token)).Monitors);
            case "move": await desktop.Pointer.MoveAsync(Point(), token); return null;
            case "click": await desktop.Pointer.ClickAsync(Point(), (PointerButton)Number("button")!, Number("clicks")!.Value, token); return null;
            case "scroll": await desktop.Pointer.ScrollAsync(Point(), Number("x")!.Value, Number("y")!.Value, token); return null;
            case "type": await desktop.Keyboard.TypeAsync(string.Concat(Read<int[]>(arguments, "units").Select(unit => (char)unit)), token); return null;
            case "press":
                if (!KeyChord.TryParseHotkey(KeyChord.Split(Text("keys")), out var chord, out var error)) throw new ArgumentException(error);
                await desktop.Keyboard.PressAsync(chord, token);
                return null;
            case "clipboard.read": return await desktop.Clipboard.ReadAsync(token);
            case "clipboard.write": await desktop.Clipboard.WriteAsync(Text("text"), token); return null;
            case "windows.list": return Json(await desktop.Windows.ListAsync(token));
            case "windows.move": return Json(await desktop.Windows.MoveAsync(Text("id"), Number("x")!.Value, Number("y")!.Value, Number("width"), Number("height"), token));
            case "windows.minimize": await desktop.Windows.MinimizeAsync(Text("id"), token); return null;
            case "windows.maximize": await desktop.Windows.MaximizeAsync(Text("id"), token); return null;
            case "windows.focus": await desktop.Windows.FocusAsync(Text("id"), token); return null;
            case "windows.close": await desktop.Windows.CloseAsync(Text("id"), token); return null;
            case "applications.list": return Json(await desktop.Applications.ListAsync(token));
            case "applications.launchName": return await desktop.Applications.LaunchByNameAsync(Text("name"), token);
            case "applications.launchPath": return await desktop.Applications.LaunchByPathAsync(Text("path"), Read<string[]>(arguments, "arguments"), token);
            case "applications.close": await desktop.Applications.CloseAsync(Selector(), (bool)arguments["force"]!, token); return null;
            case "applications.focus": await desktop.Applications.FocusAsync(Selector(), token); return null;
            case "notify": await desktop.Notifications.ShowAsync(Text("title"), Text("message"), token); return null;
            case "tray":
                tray ??= CreateTray();
                await tray.ShowAsync((TrayState)Number("state")!, Text("description"));
                return null;
            case "tray.chosen": return new JsonArray([.. chosen.Select(choice => JsonValue.Create(choice))]);
            case "state": return (int)await desktop.GetSessionStateAsync(token);
            case "check": return Json(await desktop.CheckAsync(token));
            case "alive": return Alive(Number("pid")!.Value);
            default: throw new ArgumentException(call);
        }
    }

    TrayIcon CreateTray()
    {
        var icon = desktop.CreateTrayIcon();
        icon.PauseChosen += () => chosen.Add("pause");
        icon.ResumeChosen += () => chosen.Add("resume");
        icon.OpenDashboardChosen += () => chosen.Add("dashboard");
        icon.QuitChosen += () => chosen.Add("quit");
        return icon;
    }

    static bool Alive(int pid) => System.Diagnostics.Process.GetProcesses().Any(process => process.Id == pid);

    static T Read<T>(JsonObject arguments, string name) => arguments[name].Deserialize<T>()!;

    static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value);
}
