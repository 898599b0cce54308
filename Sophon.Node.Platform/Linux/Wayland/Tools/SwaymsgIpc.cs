using System.Text.Json;
using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>Asks sway by swaymsg: one process for each question.</summary>
sealed class SwaymsgIpc(WaylandHelpers helpers) : ISwayIpc
{
    // swaymsg(1): 1 for an error of its own, 2 when sway refused the command; the answer is printed then too.
    const int Refused = 2;

    public async Task<JsonElement> AskAsync(SwayMessage message, string payload, CancellationToken cancellationToken)
    {
        if (helpers.Locate().SwaySocket is null)
        {
            throw new UnsupportedException(
                "The compositor is not sway: swaymsg can't ask it for monitors and windows. Set platform.wayland.backend = native (or auto), which asks in Wayland's own protocols.");
        }

        var type = message switch
        {
            SwayMessage.RunCommand => "command",
            SwayMessage.GetOutputs => "get_outputs",
            SwayMessage.GetTree => "get_tree",
            SwayMessage.GetVersion => "get_version",
            _ => "get_inputs",
        };
        string[] arguments = payload.Length > 0 ? ["-r", "-t", type, "--", payload] : ["-r", "-t", type];
        var result = await helpers.TryRunAsync("swaymsg", arguments, cancellationToken);
        if (result.ExitCode is not (0 or Refused)) throw result.ToException();
        try
        {
            return JsonDocument.Parse(result.Output).RootElement;
        }
        catch (JsonException exception)
        {
            throw new ActionFailedException($"Swaymsg -t {type} printed no JSON: {exception.Message}.", exception);
        }
    }
}
