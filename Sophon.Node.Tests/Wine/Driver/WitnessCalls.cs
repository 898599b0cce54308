using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace Sophon.Node.Tests.Wine.Driver;

[SupportedOSPlatform("windows")]
sealed class WitnessCalls(WitnessWindow window) : ICalls
{
    public Task<(JsonNode? Result, ReadOnlyMemory<byte> Bytes)> CallAsync(string call, JsonObject arguments, CancellationToken cancellationToken) =>
        Task.FromResult<(JsonNode?, ReadOnlyMemory<byte>)>((Run(call), default));

    JsonNode? Run(string call)
    {
        switch (call)
        {
            case "presses": return new JsonArray([.. window.Presses.Select(press => JsonValue.Create(press))]);
            // Units, since half of a pair may be all that came so far.
            case "typed": return new JsonArray([.. window.Typed.Select(unit => JsonValue.Create((int)unit))]);
            case "clear": window.Clear(); return null;
            case "keyboard": return window.HasKeyboard;
            case "shown": return window.IsShown;
            case "activate": window.Activate(); return null;
            case "pid": return Environment.ProcessId;
            default: throw new ArgumentException(call);
        }
    }
}

/// <summary>A program that opens the clipboard and keeps it.</summary>
[SupportedOSPlatform("windows")]
sealed class ClipboardHolderCalls : ICalls
{
    public Task<(JsonNode? Result, ReadOnlyMemory<byte> Bytes)> CallAsync(string call, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (!User32.OpenClipboard(0)) throw new InvalidOperationException("It is open already.");
        // The thread that opened it has to stay, and to close it.
        Thread.Sleep((int)arguments["milliseconds"]!);
        User32.CloseClipboard();
        return Task.FromResult<(JsonNode?, ReadOnlyMemory<byte>)>((null, default));
    }
}
