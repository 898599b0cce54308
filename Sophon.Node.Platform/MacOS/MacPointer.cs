using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>The mouse by cliclick; the middle button and the wheel by osascript. A point is the finest that cliclick knows: two pixels on a Retina display.</summary>
sealed class MacPointer(HelperRunner runner, MacScripts scripts, MacMonitors monitors, MacPermissions permissions) : IPointer
{
    public async Task MoveAsync(ScreenPoint point, CancellationToken cancellationToken) =>
        await CliclickAsync([CliclickArguments.Move(await LocateAsync(point, cancellationToken))], cancellationToken);

    public async Task ClickAsync(ScreenPoint point, PointerButton button, int clicks, CancellationToken cancellationToken)
    {
        var place = await LocateAsync(point, cancellationToken);
        if (CliclickArguments.Click(place, button, clicks) is { } commands) await CliclickAsync(commands, cancellationToken);
        else await ScriptAsync(place, clicks, 0, 0, cancellationToken);
    }

    // macOS scrolls by pixels, so nothing is left over for the next call.
    public async Task ScrollAsync(ScreenPoint point, int deltaX, int deltaY, CancellationToken cancellationToken) =>
        await ScriptAsync(await LocateAsync(point, cancellationToken), 0, deltaX, deltaY, cancellationToken);

    async Task<(double X, double Y)> LocateAsync(ScreenPoint point, CancellationToken cancellationToken)
    {
        await permissions.RequireAccessibilityAsync(cancellationToken);
        return (await monitors.ReadAsync(cancellationToken)).ToPoints(point);
    }

    async Task CliclickAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken) => await runner.RunAsync("cliclick", commands, cancellationToken);

    Task ScriptAsync((double X, double Y) place, int middleClicks, int deltaX, int deltaY, CancellationToken cancellationToken) =>
        scripts.RunAsync("pointer", new { x = Math.Floor(place.X), y = Math.Floor(place.Y), middleClicks, deltaX, deltaY }, cancellationToken);
}
