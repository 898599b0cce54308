using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;

/// <summary>The layout, and each monitor's protocol object.</summary>
sealed record OutputSnapshot(PhysicalLayout Layout, IReadOnlyDictionary<string, Output> Objects);

/// <summary>Keeps up with monitors that come and go.</summary>
sealed class OutputRegistry(WaylandConnection connection, XdgOutputManager? manager) : IDisposable
{
    // A new monitor's properties arrive with the first answer; the second covers those that are laid out by it.
    const int MaxRounds = 3;

    readonly SemaphoreSlim gate = new(1);
    readonly Dictionary<uint, (Output Output, XdgOutput Place)> bound = [];

    public async Task<OutputSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await connection.RoundtripAsync(cancellationToken);
            for (var round = 0; BindNew() && round < MaxRounds; round++) await connection.RoundtripAsync(cancellationToken);
            var complete = bound.Select(pair => (Geometry: Describe(pair.Key, pair.Value.Output, pair.Value.Place), pair.Value.Output))
                .Where(pair => pair.Geometry is not null)
                .ToList();
            return new OutputSnapshot(
                new PhysicalLayout(complete.Select(pair => pair.Geometry!)),
                complete.ToDictionary(pair => pair.Geometry!.Name, pair => pair.Output));
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <returns>Some monitor is not fully described yet.</returns>
    bool BindNew()
    {
        var xdg = CompositorClient.Require(manager, XdgOutputManager.Interface);
        var globals = connection.Registry.Globals.Where(global => global.Interface == Output.Interface).ToList();
        foreach (var gone in bound.Keys.Except(globals.Select(global => global.Name)).ToList())
        {
            bound[gone].Place.Destroy();
            bound.Remove(gone);
        }

        foreach (var global in globals.Where(global => !bound.ContainsKey(global.Name)))
        {
            var output = connection.Registry.Bind(global, 4, new Output(connection));
            bound[global.Name] = (output, xdg.GetXdgOutput(output));
        }

        return bound.Values.Any(pair => !pair.Output.IsComplete || pair.Place.Width == 0);
    }

    static OutputGeometry? Describe(uint global, Output output, XdgOutput place)
    {
        if (output.ModeWidth == 0 || place.Width == 0) return null;

        var isTurned = ((int)output.Transform & 1) != 0;
        var (width, height) = isTurned ? (output.ModeHeight, output.ModeWidth) : (output.ModeWidth, output.ModeHeight);
        var scale = width >= height ? OutputGeometry.ScaleOf(width, place.Width) : OutputGeometry.ScaleOf(height, place.Height);
        return new OutputGeometry(
            output.Name ?? place.Name ?? $"output-{global}", output.Description,
            new ScreenRectangle(place.X, place.Y, place.Width, place.Height), width, height, scale);
    }
}
