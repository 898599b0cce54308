using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>The general pasteboard by pbcopy and pbpaste. macOS keeps the text itself.</summary>
sealed class MacClipboard(HelperRunner runner) : IClipboard
{
    // pbcopy ends before the pasteboard server has told everybody.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    const int MostReads = 50;

    public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        // Without text on the pasteboard it writes nothing and ends with 0.
        (await runner.RunAsync("pbpaste", ["-Prefer", "txt"], cancellationToken)).Text;

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        await runner.RunAsync("pbcopy", [], Encoding.UTF8.GetBytes(text), cancellationToken);
        for (var read = 0; read < MostReads; read++)
        {
            if (await ReadAsync(cancellationToken) == text) return null;
            await Task.Delay(Pause, cancellationToken);
        }

        throw new ActionFailedException("pbcopy took the text, but the pasteboard holds another one; did another program write to it?");
    }
}
