using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Composition;

/// <summary>Where nothing of the desktop can be driven: the machine itself still answers, the rest says why it can't.</summary>
/// <param name="error">Makes what each port throws.</param>
sealed class UnsupportedDesktop(Func<PlatformException> error, string cure) :
    IDesktop, IScreen, IPointer, IKeyboard, IClipboard, IWindows, IApplications, INotifications
{
    public string Description => error().Message;

    public IScreen Screen => this;

    public IPointer Pointer => this;

    public IKeyboard Keyboard => this;

    public IClipboard Clipboard => this;

    public IWindows Windows => this;

    public IApplications Applications => this;

    public INotifications Notifications => this;

    public ISystem System { get; } = new DotNetSystem();

    PlatformException Unsupported => error();

    public Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken) => Task.FromResult(SessionState.NoDisplay);

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PortCheck>>([new("desktop", Works: false, Description, cure)]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<MonitorLayout> IScreen.GetMonitorsAsync(CancellationToken cancellationToken) => throw Unsupported;

    Task<PixelImage> IScreen.CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken) => throw Unsupported;

    Task IPointer.MoveAsync(ScreenPoint point, CancellationToken cancellationToken) => throw Unsupported;

    Task IPointer.ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken) => throw Unsupported;

    Task IPointer.ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) => throw Unsupported;

    Task IKeyboard.TypeAsync(string text, CancellationToken cancellationToken) => throw Unsupported;

    Task IKeyboard.PressAsync(KeyChord chord, CancellationToken cancellationToken) => throw Unsupported;

    Task<string> IClipboard.ReadAsync(CancellationToken cancellationToken) => throw Unsupported;

    Task<IHelperProcess?> IClipboard.WriteAsync(string text, CancellationToken cancellationToken) => throw Unsupported;

    Task<IReadOnlyList<WindowInfo>> IWindows.ListAsync(CancellationToken cancellationToken) => throw Unsupported;

    Task<WindowInfo> IWindows.MoveAsync(string id, int x, int y, int? width, int? height, CancellationToken cancellationToken) => throw Unsupported;

    Task IWindows.MinimizeAsync(string id, CancellationToken cancellationToken) => throw Unsupported;

    Task IWindows.MaximizeAsync(string id, CancellationToken cancellationToken) => throw Unsupported;

    Task IWindows.FocusAsync(string id, CancellationToken cancellationToken) => throw Unsupported;

    Task IWindows.CloseAsync(string id, CancellationToken cancellationToken) => throw Unsupported;

    Task<IReadOnlyList<ApplicationInfo>> IApplications.ListAsync(CancellationToken cancellationToken) => throw Unsupported;

    Task<int> IApplications.LaunchByNameAsync(string name, CancellationToken cancellationToken) => throw Unsupported;

    Task<int> IApplications.LaunchByPathAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancellationToken) => throw Unsupported;

    Task IApplications.CloseAsync(ApplicationSelector selector, bool force, CancellationToken cancellationToken) => throw Unsupported;

    Task IApplications.FocusAsync(ApplicationSelector selector, CancellationToken cancellationToken) => throw Unsupported;

    Task INotifications.ShowAsync(string title, string message, CancellationToken cancellationToken) => throw Unsupported;
}
