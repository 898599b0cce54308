using System.Buffers;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Gateway.Live;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Live;

/// <summary>The Gateway's part of a live view and of images as bytes: raw sockets on both sides.</summary>
[Trait("kind", "real")]
public sealed class LiveViewEndpointSpecs
{
    static readonly CancellationToken Forever = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    static async Task<ClientWebSocket> ConnectAsync(TestGateway gateway, string path, string token, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new Uri("ws" + gateway.Url.ToString()["http".Length..] + path), Forever);
        }
        catch (WebSocketException)
        {
            // Its status tells.
        }

        return socket;
    }

    static async Task<(bool IsText, byte[] Bytes)> ReceiveAsync(ClientWebSocket socket)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, Forever);
            bytes.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return (received.MessageType != WebSocketMessageType.Binary, bytes.ToArray());
        }
    }

    static async Task<JsonNode> TextAsync(ClientWebSocket socket, string member)
    {
        while (true)
        {
            var (isText, bytes) = await ReceiveAsync(socket);
            if (isText && JsonNode.Parse(bytes)! is var json && json[member] is not null) return json;
        }
    }

    static async Task<LiveFrame> FrameAsync(ClientWebSocket socket)
    {
        while (true)
        {
            var (isText, bytes) = await ReceiveAsync(socket);
            if (!isText) return LiveFrame.Read(bytes);
        }
    }

    static Task SendAsync(ClientWebSocket socket, object message) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), WebSocketMessageType.Text, true, Forever);

    static Task SendFrameAsync(ClientWebSocket socket, uint sequence, params (int X, byte Content)[] tiles)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new LiveFrame(sequence, 512, 128, 0, 0, 1, [.. tiles.Select(tile => new LiveTile(tile.X, 0, 256, 128, new[] { tile.Content }))]).WriteTo(buffer);
        return socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Binary, true, Forever).AsTask();
    }

    /// <summary>A node with its hub connection, which connects for live views as it is asked to.</summary>
    static async Task<(FakeNode Node, Func<Task<ClientWebSocket>> Stream)> OnlineAsync(TestGateway gateway, NodeToken token, params string[] capabilities)
    {
        var node = await FakeNode.OnlineAsync(gateway, token, capabilities.Length > 0 ? capabilities : [Capabilities.LiveView]);
        return (node, async () => await ConnectAsync(gateway, $"{WireNames.LivePath[1..]}?view={await node.LiveViews.Reader.ReadAsync(Forever)}", token.Reveal()));
    }

    [Fact]
    public async Task First_viewer_should_start_the_stream_and_a_late_one_get_the_whole_picture()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        var (node, stream) = await OnlineAsync(gateway, token);
        await using var _ = node;

        using var viewer = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        Assert.Equal("starting", (string?)(await TextAsync(viewer, "status"))["status"]);
        using var frames = await stream();
        await SendFrameAsync(frames, 1, (0, 1), (256, 1));
        Assert.Equal("running", (string?)(await TextAsync(viewer, "status"))["status"]);
        Assert.Equal(2, (await FrameAsync(viewer)).Tiles.Count);
        Assert.Equal(1u, (uint)(await TextAsync(frames, "taken"))["taken"]!);
        await SendFrameAsync(frames, 2, (256, 2));
        Assert.Equal([2], Assert.Single((await FrameAsync(viewer)).Tiles).Jpeg.ToArray());

        using var late = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        Assert.Equal([(0, 1), (256, 2)], (await FrameAsync(late)).Tiles.Select(tile => (tile.X, (int)tile.Jpeg.Span[0])));

        viewer.Abort();
        late.Abort();
        Assert.NotNull(await node.StoppedViews.Reader.ReadAsync(Forever));
        Assert.Equal(0, gateway.Services.GetRequiredService<LiveViews>().ViewersOf(token.NodeId));
        await Eventually.TrueAsync(
            async () => (await gateway.Admin.GetFromJsonAsync<JsonNode>("api/audit?action=liveViewStarted,liveViewEnded"))!["items"]!.AsArray().Count == 4,
            "both viewers' begin and end are in the audit");
    }

    [Fact]
    public async Task Slow_viewer_should_skip_frames_and_hold_up_nobody()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        var (node, stream) = await OnlineAsync(gateway, token);
        await using var _ = node;
        using var slow = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        using var fast = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        using var frames = await stream();
        for (uint i = 1; i <= 50; i++)
        {
            await SendFrameAsync(frames, i, (0, (byte)i));
            var seen = await FrameAsync(fast);
            Assert.Equal((byte)i, Assert.Single(seen.Tiles).Jpeg.Span[0]);
            await SendAsync(fast, new { drawn = seen.Sequence });
            while ((uint)(await TextAsync(frames, "taken"))["taken"]! < i) { }
        }

        // It has drawn none: two were sent, the rest is one update.
        var first = await FrameAsync(slow);
        var second = await FrameAsync(slow);
        await SendAsync(slow, new { drawn = 2 });
        var third = await FrameAsync(slow);
        Assert.Equal([1u, 2u, 3u], new[] { first, second, third }.Select(frame => frame.Sequence));
        Assert.True(Assert.Single(second.Tiles).Jpeg.Span[0] < 50);
        Assert.Equal(50, Assert.Single(third.Tiles).Jpeg.Span[0]);
    }

    [Fact]
    public async Task Scope_that_is_taken_away_should_end_the_picture_at_once()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        var (node, stream) = await OnlineAsync(gateway, token);
        await using var _ = node;
        using var viewer = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        using var frames = await stream();
        await SendFrameAsync(frames, 1, (0, 1));
        await FrameAsync(viewer);
        (await gateway.Admin.PutAsync($"api/nodes/{token.NodeId}/scopes", new StringContent("""{"scopes":["system.info"]}""", System.Text.Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
        await SendFrameAsync(frames, 2, (0, 2));
        JsonNode status;
        do status = await TextAsync(viewer, "status");
        while ((string?)status["status"] != "denied");
        Assert.Contains(Scopes.ScreenCapture, (string?)status["message"], StringComparison.Ordinal);

        using var late = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        Assert.Equal("denied", (string?)(await TextAsync(late, "status"))["status"]);
    }

    [Fact]
    public async Task Offline_and_old_nodes_should_be_told_in_words()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        using var viewer = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        JsonNode status;
        do status = await TextAsync(viewer, "status");
        while ((string?)status["status"] != "offline");
        await using var old = await FakeNode.OnlineAsync(gateway, token, Capabilities.Journal);
        do status = await TextAsync(viewer, "status");
        while ((string?)status["status"] != "unsupported");
    }

    [Fact]
    public async Task Gesture_should_reach_the_node_as_a_command_and_its_failure_the_viewer()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync(Scopes.ScreenCapture, Scopes.InputControl);
        var (node, _) = await OnlineAsync(gateway, token);
        await using var __ = node;
        using var viewer = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken);
        await SendAsync(viewer, new { command = new { type = "input.mouse.click", parameters = new { x = 3, y = 4 } } });
        var command = await node.NextAsync();
        Assert.Equal(("input.mouse.click", 3), (command.Type, command.Parameters.GetProperty("x").GetInt32()));
        await node.AnswerAsync(command.CommandId, status: CommandStatus.Failed, error: new CommandError(ErrorCode.InvalidArgument, "outside"));
        Assert.Equal("outside", (string?)(await TextAsync(viewer, "commandFailed"))["message"]);

        await SendAsync(viewer, new { command = new { type = "system.execute", parameters = new { command = "true" } } });
        Assert.Equal("invalidArgument", (string?)(await TextAsync(viewer, "commandFailed"))["commandFailed"]);
        await SendAsync(viewer, new { ping = 5 });
        Assert.Equal(5, (int)(await TextAsync(viewer, "pong"))["pong"]!);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    public async Task Page_of_another_origin_should_be_refused(string origin, HttpStatusCode expected)
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        using var viewer = await ConnectAsync(gateway, "live/" + token.NodeId, gateway.AdminToken, origin == "own" ? gateway.Url.GetLeftPart(UriPartial.Authority) : origin);
        Assert.Equal(expected, viewer.HttpStatusCode);
    }

    [Fact]
    public async Task Who_has_no_token_or_a_nodes_own_should_see_nothing()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        foreach (var (path, credential) in new[] { ("live/" + token.NodeId, token.Reveal()), ("live/" + token.NodeId, "sg_nobody.x"), (WireNames.ImagesPath[1..], gateway.AdminToken), (WireNames.LivePath[1..] + "?view=1", "x.y") })
        {
            using var socket = await ConnectAsync(gateway, path, credential);
            Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
        }

        using var unasked = await ConnectAsync(gateway, WireNames.LivePath[1..] + "?view=1", token.Reveal());
        Assert.Equal(HttpStatusCode.Gone, unasked.HttpStatusCode);
    }

    [Fact]
    public async Task Image_as_bytes_should_be_base64_in_the_answer_and_not_in_the_store()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        using var images = await ConnectAsync(gateway, WireNames.ImagesPath[1..], token.Reveal());
        byte[] image = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        var answers = new List<JsonNode>();
        foreach (var wait in new[] { true, false })
        {
            var asked = gateway.PostCommandAsync(token.NodeId, "screen.capture", wait: wait);
            var command = await node.NextAsync();
            var result = new CommandResult(command.CommandId, token.NodeId, CommandStatus.Succeeded, JsonSerializer.SerializeToElement(new { sizeBytes = image.Length }), null, DateTimeOffset.UtcNow, 1);
            await images.SendAsync(ImageMessage.Head(result), WebSocketMessageType.Binary, false, Forever);
            await images.SendAsync(image, WebSocketMessageType.Binary, true, Forever);
            var stored = await TextAsync(images, "stored");
            Assert.Equal((command.CommandId, true), ((string?)stored["commandId"], (bool)stored["stored"]!));
            answers.Add(wait ? await asked.JsonAsync() : await gateway.Admin.GetAsync("api/commands/" + command.CommandId).JsonAsync());
            Assert.Equal(image, Convert.FromBase64String((string)answers[^1]["result"]!["image"]!));
            Assert.Equal(image.Length, (int)answers[^1]["result"]!["sizeBytes"]!);
            Assert.InRange((int)answers[^1]["resultBytes"]!, image.Length * 4 / 3, image.Length * 4 / 3 + 200);
            var again = await gateway.Admin.GetAsync("api/commands/" + command.CommandId).JsonAsync();
            Assert.Equal(image, Convert.FromBase64String((string)again["result"]!["image"]!));
        }
    }

    [Fact]
    public async Task Message_that_can_not_be_read_should_cost_its_socket_and_nothing_else()
    {
        await using var gateway = await TestGateway.OnSocketAsync();
        var token = await gateway.PairAsync();
        await using var node = await FakeNode.OnlineAsync(gateway, token);
        using var images = await ConnectAsync(gateway, WireNames.ImagesPath[1..], token.Reveal());
        await images.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, Forever);
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(images));
        await node.BeatAsync();
    }
}
