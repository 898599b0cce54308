using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>The CLIPBOARD selection. The Node itself serves what it wrote: no helper process stays behind.</summary>
sealed class NativeClipboard(X11Display display) : IClipboard
{
    public Task<string> ReadAsync(CancellationToken cancellationToken) =>
        display.RunAsync(session => ClipboardReader.Of(session).ReadAsync(cancellationToken), cancellationToken);

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        await display.RunAsync(session => ClipboardOwner.Of(session).OwnAsync(text, cancellationToken), cancellationToken);
        return null;
    }
}
