using System.Text.Json.Nodes;
using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Tests.Platform.Windows.Wine;

/// <summary>The ports of the WindowsDesktop that runs inside Wine.</summary>
public sealed class WineDesktop(WineDriver driver) :
    IDesktop, IScreen, IPointer, IKeyboard, IClipboard, IWindows, IApplications, INotifications
{
    public string Description => "Windows under Wine";

    public IScreen Screen => this;

    public IPointer Pointer => this;

    public IKeyboard Keyboard => this;

    public IClipboard Clipboard => this;

    public IWindows Windows => this;

    public IApplications Applications => this;

    public INotifications Notifications => this;

    public ISystem System { get; } = new DotNetSystem();

    public async Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken) =>
        (SessionState)await driver.CallAsync<int>("state", null, cancellationToken);

    public async Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) =>
        await driver.CallAsync<PortCheck[]>("check", null, cancellationToken);

    public async Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken) =>
        new(await driver.CallAsync<MonitorInfo[]>("monitors", null, cancellationToken));

    public async Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken) => new(
        area.Width, area.Height,
        await driver.ReadBytesAsync("capture", new() { ["area"] = new JsonObject { ["X"] = area.X, ["Y"] = area.Y, ["Width"] = area.Width, ["Height"] = area.Height } }, cancellationToken));

    public Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        driver.CallAsync("move", new() { ["point"] = Point(point) }, cancellationToken);

    public Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken) =>
        driver.CallAsync("click", new() { ["point"] = Point(point), ["button"] = (int)button, ["clicks"] = clicks }, cancellationToken);

    public Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) =>
        driver.CallAsync("scroll", new() { ["point"] = Point(point), ["x"] = deltaX, ["y"] = deltaY }, cancellationToken);

    // As numbers: JSON has no halves of surrogate pairs.
    public Task TypeAsync(string text, CancellationToken cancellationToken) =>
        driver.CallAsync("type", new() { ["units"] = new JsonArray([.. text.Select(unit => JsonValue.Create((int)unit))]) }, cancellationToken);

    public Task PressAsync(KeyChord chord, CancellationToken cancellationToken) =>
        driver.CallAsync("press", new() { ["keys"] = chord.ToString() }, cancellationToken);

    public Task<string> ReadAsync(CancellationToken cancellationToken) => driver.CallAsync<string>("clipboard.read", null, cancellationToken);

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        await driver.CallAsync("clipboard.write", new() { ["text"] = text }, cancellationToken);
        return null;
    }

    async Task<IReadOnlyList<WindowInfo>> IWindows.ListAsync(CancellationToken cancellationToken) =>
        await driver.CallAsync<WindowInfo[]>("windows.list", null, cancellationToken);

    public Task<WindowInfo> MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken) =>
        driver.CallAsync<WindowInfo>("windows.move", new() { ["id"] = id, ["x"] = x, ["y"] = y, ["width"] = width, ["height"] = height }, cancellationToken);

    public Task MinimizeAsync(string id, CancellationToken cancellationToken) => driver.CallAsync("windows.minimize", new() { ["id"] = id }, cancellationToken);

    public Task MaximizeAsync(string id, CancellationToken cancellationToken) => driver.CallAsync("windows.maximize", new() { ["id"] = id }, cancellationToken);

    public Task FocusAsync(string id, CancellationToken cancellationToken) => driver.CallAsync("windows.focus", new() { ["id"] = id }, cancellationToken);

    public Task CloseAsync(string id, CancellationToken cancellationToken) => driver.CallAsync("windows.close", new() { ["id"] = id }, cancellationToken);

    async Task<IReadOnlyList<ApplicationInfo>> IApplications.ListAsync(CancellationToken cancellationToken) =>
        await driver.CallAsync<ApplicationInfo[]>("applications.list", null, cancellationToken);

    public Task<int> LaunchByNameAsync(string name, CancellationToken cancellationToken) =>
        driver.CallAsync<int>("applications.launchName", new() { ["name"] = name }, cancellationToken);

    public Task<int> LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        driver.CallAsync<int>("applications.launchPath", new() { ["path"] = path, ["arguments"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]) }, cancellationToken);

    public Task CloseAsync(ApplicationSelector selector, bool force, CancellationToken cancellationToken) =>
        driver.CallAsync("applications.close", new() { ["pid"] = selector.ProcessId, ["name"] = selector.Name, ["force"] = force }, cancellationToken);

    public Task FocusAsync(ApplicationSelector selector, CancellationToken cancellationToken) =>
        driver.CallAsync("applications.focus", new() { ["pid"] = selector.ProcessId, ["name"] = selector.Name }, cancellationToken);

    public Task ShowAsync(string title, string message, CancellationToken cancellationToken) =>
        driver.CallAsync("notify", new() { ["title"] = title, ["message"] = message }, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static JsonObject Point(ScreenPoint point) => new() { ["X"] = point.X, ["Y"] = point.Y };
}
