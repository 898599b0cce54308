using System.Text.Json;
using Sophon.Node.Platform.Linux.Wayland.Layout;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Sway;

/// <summary>sway's list of outputs as a layout.</summary>
static class SwayOutputs
{
    public static async Task<PhysicalLayout> GetLayoutAsync(this ISwayIpc sway, CancellationToken cancellationToken) =>
        Read(await sway.AskAsync(SwayMessage.GetOutputs, "", cancellationToken));

    /// <exception cref="DisplayUnavailableException">No output is switched on.</exception>
    public static PhysicalLayout Read(JsonElement outputs) =>
        new(outputs.EnumerateArray().Where(output => output.GetProperty("active").GetBoolean()).Select(Describe));

    static OutputGeometry Describe(JsonElement output)
    {
        var mode = output.GetProperty("current_mode");
        int width = mode.GetProperty("width").GetInt32(), height = mode.GetProperty("height").GetInt32();
        // "90", "270", "flipped-90", "flipped-270": the mode stays as the panel has it.
        if (output.GetProperty("transform").GetString() is { } transform && (transform.EndsWith("90", StringComparison.Ordinal) || transform.EndsWith("270", StringComparison.Ordinal)))
            (width, height) = (height, width);
        return new OutputGeometry(
            output.GetProperty("name").GetString()!,
            $"{output.GetProperty("make").GetString()} {output.GetProperty("model").GetString()}".Trim(),
            SwayTree.Rectangle(output.GetProperty("rect")), width, height, output.GetProperty("scale").GetDouble());
    }
}
