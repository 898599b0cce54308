using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Wlroots.Screen;

/// <summary>Captures by <c>zwlr_screencopy_v1</c>: whole outputs in their own pixels (the protocol's regions are logical), cut to the area here.</summary>
sealed class ScreencopyScreen(CompositorSession session) : IScreen
{
    public async Task<MonitorLayout> GetMonitorsAsync(CancellationToken cancellationToken)
    {
        var client = await session.ConnectAsync(cancellationToken);
        return (await client.GetOutputsAsync(cancellationToken)).Layout.Monitors;
    }

    public async Task<PixelImage> CaptureAsync(ScreenRectangle area, CancellationToken cancellationToken)
    {
        var client = await session.ConnectAsync(cancellationToken);
        var outputs = await client.GetOutputsAsync(cancellationToken);
        outputs.Layout.EnsureInside(area);
        var image = new PixelImage(area.Width, area.Height, new byte[area.Width * area.Height * 4]);
        foreach (var output in outputs.Layout.Outputs)
        {
            var part = output.Bounds.Intersect(area);
            if (part.Width == 0 || part.Height == 0) continue;
            var picture = await CaptureAsync(client, outputs.Objects[output.Geometry.Name], output.Geometry.Name, cancellationToken);
            picture.CopyTo(image, part with { X = part.X - output.Bounds.X, Y = part.Y - output.Bounds.Y }, new ScreenPoint(part.X - area.X, part.Y - area.Y));
        }

        return image;
    }

    static async Task<OutputImage> CaptureAsync(CompositorClient client, Output output, string name, CancellationToken cancellationToken)
    {
        var shm = CompositorClient.Require(client.Shm, ShmGlobal.Interface);
        var frame = CompositorClient.Require(client.Screencopy, ScreencopyManager.Interface).CaptureOutput(output);
        try
        {
            var buffer = await client.Connection.ReplyAsync(frame.Described, cancellationToken) ?? throw Failed(name);
            using var memory = new SharedMemory("sophon-node-screen", buffer.Stride * buffer.Height);
            var target = shm.CreateBuffer(memory, buffer.Width, buffer.Height, buffer.Stride, buffer.Format);
            try
            {
                frame.Copy(target);
                if (!await client.Connection.ReplyAsync(frame.Finished, cancellationToken)) throw Failed(name);
                var bytes = GC.AllocateUninitializedArray<byte>(memory.Size);
                memory.Read(bytes);
                return new OutputImage(bytes, buffer, frame.IsInverted, output.Transform);
            }
            finally
            {
                if (client.Connection.IsAlive) target.Destroy();
            }
        }
        finally
        {
            if (client.Connection.IsAlive) frame.Destroy();
        }
    }

    static ActionFailedException Failed(string output) => new($"The compositor could not capture {output}: it may be switched off, or was just reconfigured.");
}
