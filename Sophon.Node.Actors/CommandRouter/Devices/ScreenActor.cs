using System.Text.Json;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>screen.capture</c>, <c>screen.region</c>, <c>screen.monitors</c>.</summary>
sealed class ScreenActor(NodeServices services) : DeviceActor(services)
{
    IScreen Screen => Services.Desktop.Screen;

    protected override async Task<JsonElement> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
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

    async Task<JsonElement> CaptureAsync(AdmittedCommand command, ScreenRectangle area, bool isRegion, CancellationToken cancellationToken)
    {
        var pixels = await Screen.CaptureAsync(area, cancellationToken);
        var image = Services.ImageEncoder.EncodeJpeg(pixels, command.Arguments.Integer("quality"), command.Arguments.OptionalInteger("maxWidth"));
        var region = isRegion ? new Answers.Rectangle(area.X, area.Y, area.Width, area.Height) : null;
        return JsonSerializer.SerializeToElement(
            new Answers.Capture(
                image.Bytes, image.Bytes.Length, "jpeg", image.Width, image.Height, area.X, area.Y, image.Scale,
                Guid.CreateVersion7().ToString("N"), region),
            AnswerJson.Default.Capture);
    }

    static JsonElement Monitors(MonitorLayout layout)
    {
        var monitors = layout.Monitors.Select(monitor => new Answers.Monitor(
            monitor.Id, monitor.IsPrimary, monitor.Bounds.X, monitor.Bounds.Y, monitor.Bounds.Width, monitor.Bounds.Height,
            monitor.ScaleFactor, monitor.Name)).ToList();
        return JsonSerializer.SerializeToElement(new Answers.Monitors(monitors.Count, monitors), AnswerJson.Default.Monitors);
    }
}
