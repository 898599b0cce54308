using System.Globalization;
using System.Runtime.Versioning;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>The program that gets the keys. Nothing in X tells when a client has handled an event, but a client that has work left does not sleep.</summary>
[SupportedOSPlatform("linux")]
sealed class FocusedClient(X11Helpers helpers, TimeProvider time)
{
    const int CalmRounds = 4;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // One that never rests (it plays a film) has had time enough by then.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Waits until it sleeps; returns at once when its process is not known.</summary>
    public async Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        var focus = await helpers.TryRunAsync("xdotool", ["getwindowfocus", "getwindowpid"], cancellationToken);
        if (!focus.Succeeded || !int.TryParse(focus.Text, CultureInfo.InvariantCulture, out var pid)) return;

        var start = time.GetTimestamp();
        var last = ProcessActivity.Read(pid);
        for (var calm = 0; calm < CalmRounds && last is not null && time.GetElapsedTime(start) < Patience;)
        {
            await Task.Delay(Pause, time, cancellationToken);
            var now = ProcessActivity.Read(pid);
            calm = now is { Sleeps: true } && now == last ? calm + 1 : 0;
            last = now;
        }
    }
}
