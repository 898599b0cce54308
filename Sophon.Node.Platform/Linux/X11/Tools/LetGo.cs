using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Releases keys and buttons after a gesture was cut short, in time of its own: the gesture's token is spent.</summary>
static class LetGo
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(X11Helpers helpers, IReadOnlyList<string> arguments)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await helpers.RunAsync("xdotool", arguments, deadline.Token);
        }
        catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
        {
            // The display went away and its keys with it; the first failure is the one to report.
        }
    }
}
