using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkiaSharp;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>A browser's part of a live view: takes frames, draws them, says so.</summary>
sealed class LiveViewer : IAsyncDisposable
{
    readonly ClientWebSocket socket = new();
    readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
    readonly byte[] buffer = new byte[8 * 1024 * 1024];
    SKBitmap? picture;

    public static async Task<LiveViewer> ConnectAsync(GatewayProgram gateway, string nodeId)
    {
        var viewer = new LiveViewer();
        viewer.socket.Options.SetRequestHeader("Authorization", "Bearer " + gateway.AdminToken);
        await viewer.socket.ConnectAsync(new Uri($"ws{gateway.Url.ToString()["http".Length..]}live/{nodeId}"), viewer.patience.Token);
        return viewer;
    }

    /// <summary>Waits until every pixel of the picture is about this colour.</summary>
    public async Task SeesAsync(byte red, byte green, byte blue)
    {
        while (!IsAll(red, green, blue)) await NextAsync();
    }

    public async Task HearsAsync(string status)
    {
        while (await NextAsync() != status) { }
    }

    /// <returns>The status that it heard; null after a frame.</returns>
    async Task<string?> NextAsync()
    {
        var length = 0;
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
            length += received.Count;
        }
        while (!received.EndOfMessage);
        Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
        if (received.MessageType == WebSocketMessageType.Text) return (string?)JsonNode.Parse(buffer.AsSpan(0, length))!["status"];

        var frame = LiveFrame.Read(buffer.AsMemory(0, length));
        if (picture?.Width != frame.Width || picture.Height != frame.Height)
        {
            picture?.Dispose();
            picture = new SKBitmap(frame.Width, frame.Height);
        }

        using var canvas = new SKCanvas(picture);
        foreach (var tile in frame.Tiles)
        {
            using var bitmap = SKBitmap.Decode(tile.Jpeg.Span);
            Assert.Equal((tile.Width, tile.Height), (bitmap.Width, bitmap.Height));
            canvas.DrawBitmap(bitmap, tile.X, tile.Y, SKSamplingOptions.Default);
        }

        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { drawn = frame.Sequence }), WebSocketMessageType.Text, true, patience.Token);
        return null;
    }

    bool IsAll(byte red, byte green, byte blue)
    {
        if (picture is null) return false;
        for (var y = 5; y < picture.Height; y += 50)
            for (var x = 5; x < picture.Width; x += 50)
            {
                // The pointer is in the middle at first.
                if (Math.Abs(x - picture.Width / 2) < 40 && Math.Abs(y - picture.Height / 2) < 40) continue;
                var pixel = picture.GetPixel(x, y);
                if (Math.Abs(pixel.Red - red) > 4 || Math.Abs(pixel.Green - green) > 4 || Math.Abs(pixel.Blue - blue) > 4) return false;
            }

        return true;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        patience.Dispose();
        picture?.Dispose();
        return ValueTask.CompletedTask;
    }
}
