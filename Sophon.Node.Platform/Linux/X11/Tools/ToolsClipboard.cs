using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>The CLIPBOARD selection by xclip. X keeps no text: the xclip that wrote it stays alive and hands it out.</summary>
sealed class ToolsClipboard(X11Helpers helpers) : IClipboard
{
    static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    static readonly TimeSpan ConfirmPause = TimeSpan.FromMilliseconds(10);

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var result = await helpers.TryRunAsync("xclip", ["-selection", "clipboard", "-out", "-target", "UTF8_STRING"], cancellationToken);
        // A signal is a failure. Exit code 1 on a living display means that nobody owns the selection, or its owner has no text.
        return result.ExitCode switch
        {
            0 => Decode(result.Output),
            1 => "",
            _ => throw result.ToException(),
        };
    }

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        // -quiet keeps it in the foreground, as our child; without it xclip forks away.
        var owner = helpers.Start("xclip", ["-selection", "clipboard", "-in", "-quiet"], Encoding.UTF8.GetBytes(text));
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

    // The only proof that X took it: it reads back. An owner that ended with 0 was followed by another one at once.
    async Task ConfirmAsync(HelperProcess owner, string text, CancellationToken cancellationToken)
    {
        while (!owner.Exited.IsCompleted)
        {
            if (await ReadAsync(cancellationToken) == text && !owner.Exited.IsCompleted) return;
            await Task.WhenAny(owner.Exited, Task.Delay(ConfirmPause, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (await owner.Exited == 0) return;
        await helpers.EnsureDisplayAsync(cancellationToken);
        throw (await owner.ResultAsync()).ToException();
    }

    // xclip falls back to the target STRING, which is Latin-1 (ICCCM 2.6.2), and does not tell.
    static string Decode(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
