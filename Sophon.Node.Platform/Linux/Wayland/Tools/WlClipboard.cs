using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>The clipboard by wl-copy and wl-paste. Wayland keeps no text: the wl-copy that wrote it stays alive and hands it out.</summary>
sealed class WlClipboard(WaylandHelpers helpers) : IClipboard
{
    static readonly TimeSpan ConfirmPause = TimeSpan.FromMilliseconds(10);

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        // Exit code 1 on a living compositor means that nothing is on the clipboard.
        var types = await helpers.TryRunAsync("wl-paste", ["--list-types"], cancellationToken);
        if (types.ExitCode == 1) return "";
        if (!types.Succeeded) throw types.ToException();
        if (ClipboardTypes.Choose(types.Lines) is not { } type) return "";

        var text = await helpers.TryRunAsync("wl-paste", ["--no-newline", "--type", type], cancellationToken);
        return text.ExitCode switch
        {
            0 => text.Text,
            1 => "",
            _ => throw text.ToException(),
        };
    }

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
        {
            await helpers.RunAsync("wl-copy", ["--clear"], cancellationToken);
            return null;
        }

        // In the foreground it is our child; else it forks away.
        var owner = helpers.Start("wl-copy", ["--foreground", "--type", "text/plain;charset=utf-8"], Encoding.UTF8.GetBytes(text));
        try
        {
            await ConfirmAsync(owner, text, cancellationToken);
            return owner;
        }
        catch
        {
            await owner.DisposeAsync();
            throw;
        }
    }

    // The only proof that the compositor took it: it reads back. An owner that ended with 0 was followed by another one at once.
    async Task ConfirmAsync(HelperProcess owner, string text, CancellationToken cancellationToken)
    {
        while (!owner.Exited.IsCompleted)
        {
            if (await ReadAsync(cancellationToken) == text && !owner.Exited.IsCompleted) return;
            await Task.WhenAny(owner.Exited, Task.Delay(ConfirmPause, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (await owner.Exited == 0) return;
        helpers.Locate();
        throw (await owner.ResultAsync()).ToException();
    }
}
