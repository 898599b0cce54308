using System.Text.Json;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Sway;

/// <summary>sway's messages, by number as in sway-ipc(7).</summary>
enum SwayMessage { RunCommand = 0, GetOutputs = 3, GetTree = 4, GetVersion = 7, GetInputs = 100 }

/// <summary>Asks sway: by its socket, or by swaymsg.</summary>
interface ISwayIpc
{
    /// <param name="message">What is asked.</param>
    /// <param name="payload">The command, for <see cref="SwayMessage.RunCommand"/>; else empty.</param>
    /// <param name="cancellationToken">Ends the call and its helper.</param>
    /// <returns>The answer, whether it tells of success or not.</returns>
    /// <exception cref="DisplayUnavailableException">sway is gone.</exception>
    Task<JsonElement> AskAsync(SwayMessage message, string payload, CancellationToken cancellationToken);
}

static class SwayCommands
{
    /// <summary>Runs commands, separated by commas or semicolons.</summary>
    /// <exception cref="ActionFailedException">One of them failed; the message has sway's words.</exception>
    public static async Task RunAsync(this ISwayIpc sway, string command, CancellationToken cancellationToken)
    {
        var results = await sway.AskAsync(SwayMessage.RunCommand, command, cancellationToken);
        foreach (var result in results.EnumerateArray().Where(result => !result.GetProperty("success").GetBoolean()))
        {
            var reason = result.TryGetProperty("error", out var error) ? error.GetString() : "no reason given";
            throw new ActionFailedException($"Sway refused \"{command}\": {reason}.");
        }
    }
}
