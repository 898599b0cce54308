using System.Text.Json;
using Sophon.Node.Actors.CommandRouter.Devices.Screen;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>screen.capture</c>, <c>screen.region</c>, <c>screen.monitors</c>.</summary>
sealed class ScreenActor(NodeServices services) : DeviceActor(services)
{
    readonly RecentCaptures captures = new();

    IScreen Screen => Services.Desktop.Screen;

    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        var layout = await Screen.GetMonitorsAsync(cancellationToken);
        return command.Definition.Name switch
        {
            "screen.capture" => await CaptureAsync(command, AreaOf(layout, command.Arguments.OptionalText("monitor")), isRegion: false, cancellationToken),
            "screen.region" => await CaptureAsync(command, RegionOf(layout, command), isRegion: true, cancellationToken),
            "screen.monitors" => Monitors(layout),
            _ => throw new UnsupportedException($"The screen has no command {command.Definition.Name}."),
        };
    }

    static ScreenRectangle AreaOf(MonitorLayout layout, string? monitor) => monitor switch
    {
        null => layout.Primary.Bounds,
        "all" => layout.Bounds,
        _ => (layout.Monitors.FirstOrDefault(candidate => candidate.Id == monitor)
            ?? throw new InvalidInputException($"monitor is \"{monitor}\"; it takes \"all\" or one of: {string.Join(", ", layout.Monitors.Select(m => m.Id))}")).Bounds,
    };

    static ScreenRectangle RegionOf(MonitorLayout layout, AdmittedCommand command)
    {
        var arguments = command.Arguments;
        var region = new ScreenRectangle(arguments.Integer("x"), arguments.Integer("y"), arguments.Integer("width"), arguments.Integer("height"));
        return layout.Covers(region)
            ? region
            : throw new InvalidInputException($"The region {region} does not lie on the monitors: {layout.Describe()}.");
    }

    async Task<DeviceAnswer> CaptureAsync(AdmittedCommand command, ScreenRectangle area, bool isRegion, CancellationToken cancellationToken)
    {
        var arguments = command.Arguments;
        var pointer = arguments.Boolean("cursor");
        if (pointer && Screen is not ITrackedScreen)
            throw new UnsupportedException("This desktop's screen is read without the mouse pointer; leave cursor out. On X11 the native backend can draw it: sophon.node.platform.x11.backend = native.");

        var id = arguments.OptionalText("ifChangedSince");
        var since = captures.Find(id, area, pointer);
        if (since?.Revision is { } revision && await ((ITrackedScreen)Screen).GetChangesAsync(revision, area, new CaptureOptions(pointer), cancellationToken) is { Count: 0 }) return Unchanged(id!);

        using var pixels = await PixelsAsync(area, pointer, cancellationToken);
        var hash = pixels.Revision is null ? PixelHash.Of(pixels) : 0;
        if (since is { Revision: null } && pixels.Revision is null && since.Hash == hash) return Unchanged(id!);

        var image = Services.ImageEncoder.EncodeJpeg(pixels, arguments.Integer("quality"), arguments.OptionalInteger("maxWidth"));
        var region = isRegion ? new Answers.Rectangle(area.X, area.Y, area.Width, area.Height) : null;
        var json = JsonSerializer.SerializeToElement(
            new Answers.Capture(
                image.Bytes.Length, "jpeg", image.Width, image.Height, area.X, area.Y, image.Scale,
                captures.Add(new RecentCaptures.Capture(area, pointer, pixels.Revision, hash)), region),
            AnswerJson.Default.Capture);
        return new DeviceAnswer(json, image.Bytes);
    }

    Task<PixelImage> PixelsAsync(ScreenRectangle area, bool pointer, CancellationToken cancellationToken) => Screen is ITrackedScreen tracked
        ? tracked.CaptureAsync(area, new CaptureOptions(pointer), cancellationToken)
        : Screen.CaptureAsync(area, cancellationToken);

    static DeviceAnswer Unchanged(string id) => JsonSerializer.SerializeToElement(new Answers.Unchanged(true, id), AnswerJson.Default.Unchanged);

    static JsonElement Monitors(MonitorLayout layout)
    {
        var monitors = layout.Monitors.Select(monitor => new Answers.Monitor(
            monitor.Id, monitor.IsPrimary, monitor.Bounds.X, monitor.Bounds.Y, monitor.Bounds.Width, monitor.Bounds.Height,
            monitor.ScaleFactor, monitor.Name)).ToList();
        return JsonSerializer.SerializeToElement(new Answers.Monitors(monitors.Count, monitors), AnswerJson.Default.Monitors);
    }
}
