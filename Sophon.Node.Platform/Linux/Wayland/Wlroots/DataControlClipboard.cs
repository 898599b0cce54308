using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots;

/// <summary>The clipboard by the data-control protocol. This process serves the text that it put there, so no helper has to stay; the text goes when the Node ends.</summary>
sealed class DataControlClipboard(CompositorSession session) : IClipboard
{
    const int MaxBytes = 64 * 1024 * 1024;

    // A reader that stops reading keeps its descriptor and one of our threads no longer than this.
    static readonly TimeSpan ServeDeadline = TimeSpan.FromSeconds(10);

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var client = await session.ConnectAsync(cancellationToken);
        var device = CompositorClient.Require(client.Clipboard, DataControlManager.WlrInterface);
        await client.Connection.RoundtripAsync(cancellationToken);
        if (device.Selection is not { } offer || ClipboardTypes.Choose(offer.Types) is not { } type) return "";

        var (ours, theirs) = DescriptorPair.Create();
        using (ours)
        {
            using (theirs) offer.Receive(type, theirs);
            using var text = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await ours.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
            {
                text.Write(buffer, 0, count);
                if (text.Length > MaxBytes) throw new ActionFailedException($"The clipboard holds more than {MaxBytes / 1024 / 1024} MiB of text.");
            }

            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
    }

    public async Task<IHelperProcess?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        var client = await session.ConnectAsync(cancellationToken);
        var device = CompositorClient.Require(client.Clipboard, DataControlManager.WlrInterface);
        var bytes = Encoding.UTF8.GetBytes(text);
        var source = client.DataControl!.CreateSource(target => _ = Task.Run(() =>
        {
            using (target) PipeWriter.Write(target, bytes, ServeDeadline);
        }));
        foreach (var type in ClipboardTypes.Text) source.Offer(type);
        device.SetSelection(source);
        await client.Connection.RoundtripAsync(cancellationToken);
        return null;
    }
}
