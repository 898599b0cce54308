using NSubstitute;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>A desktop of substitutes with one 1280×800 monitor; each test sets what it needs.</summary>
sealed class FakeDesktop : IDesktop
{
    public FakeDesktop()
    {
        Screen.GetMonitorsAsync(default).ReturnsForAnyArgs(new MonitorLayout([new MonitorInfo("screen", true, new ScreenRectangle(0, 0, 1280, 800), 1, "screen")]));
        Screen.CaptureAsync(default, default).ReturnsForAnyArgs(call =>
        {
            var area = call.Arg<ScreenRectangle>();
            return new PixelImage(area.Width, area.Height, new byte[area.Width * area.Height * 4]);
        });
        System.GetInfoAsync(default).ReturnsForAnyArgs(new MachineInfo("host", "me", "linux", "Linux", "X64", 2, 1, 1, 1, "UTC", []));
        Clipboard.ReadAsync(default).ReturnsForAnyArgs("");
    }

    public string Description => "fake";

    public IScreen Screen { get; } = Substitute.For<IScreen>();

    public IPointer Pointer { get; } = Substitute.For<IPointer>();

    public IKeyboard Keyboard { get; } = Substitute.For<IKeyboard>();

    public IClipboard Clipboard { get; } = Substitute.For<IClipboard>();

    public IWindows Windows { get; } = Substitute.For<IWindows>();

    public IApplications Applications { get; } = Substitute.For<IApplications>();

    public INotifications Notifications { get; } = Substitute.For<INotifications>();

    public ISystem System { get; } = Substitute.For<ISystem>();

    public Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken) => Task.FromResult(SessionState.Active);

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PortCheck>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
