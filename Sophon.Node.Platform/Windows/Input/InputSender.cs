using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>Hands a gesture to Windows in one call, so that the person's own input can't come in between.</summary>
[SupportedOSPlatform("windows")]
static class InputSender
{
    public static unsafe void Send(IReadOnlyList<Input> gesture)
    {
        if (gesture.Count == 0) return;
        var sent = User32.SendInput((uint)gesture.Count, [.. gesture], sizeof(Input));
        if (sent != gesture.Count)
            throw WindowsErrors.Last($"Windows took {sent} of {gesture.Count} input events; another program blocks input (BlockInput), or the screen was locked meanwhile");
    }
}
