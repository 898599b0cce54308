using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>The CLIPBOARD selection by xclip. X keeps no text: the xclip that wrote it stays alive and hands it out.</summary>
sealed class ToolsClipboard(X11Helpers helpers) : IClipboard
{
    static readonly TimeSpan ConfirmPause = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan FirstConfirmLimit = TimeSpan.FromMilliseconds(500);

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        // Asked first (ICCCM 2.6.2): some owners, xclip among them, answer with a picture's bytes when asked for text.
        var targets = (await GetAsync("TARGETS", cancellationToken))?.Lines.ToHashSet() ?? [];
        if (targets.Contains("UTF8_STRING")) return (await GetAsync("UTF8_STRING", cancellationToken))?.Text ?? "";
        if (targets.Contains("STRING")) return await GetAsync("STRING", cancellationToken) is { } latin ? Encoding.Latin1.GetString(latin.Output) : "";
        return "";
    }

    // Exit code 1 on a living display means that nobody owns the selection, or its owner lacks the target. A signal is a failure.
    async Task<HelperResult?> GetAsync(string target, CancellationToken cancellationToken)
    {
        var result = await helpers.TryRunAsync("xclip", ["-selection", "clipboard", "-out", "-target", target], cancellationToken);
        return result.ExitCode switch
        {
            0 => result,
            1 => null,
            _ => throw result.ToException(),
        };
    }

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        // -quiet keeps it in the foreground, as our child; without it xclip forks away.
        var owner = helpers.Start("xclip", ["-selection", "clipboard", "-in", "-quiet", "-target", "UTF8_STRING"], Encoding.UTF8.GetBytes(text));
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
        for (var limit = FirstConfirmLimit; !owner.Exited.IsCompleted; limit *= 2)
        {
            if (await ReadWithinAsync(limit, cancellationToken) == text && !owner.Exited.IsCompleted) return;
            await Task.WhenAny(owner.Exited, Task.Delay(ConfirmPause, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (await owner.Exited == 0) return;
        await helpers.EnsureDisplayAsync(cancellationToken);
        throw (await owner.ResultAsync()).ToException();
    }

    // A read that comes too early asks the owner before, which may hang.
    async Task<string?> ReadWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            return await ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
