using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hub;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Live;

/// <summary>The WebSockets that a Node opens beside its hub connection, with the same token: results with images, and a live view's frames. Both end with the hub connection.</summary>
static class NodeSockets
{
    public static void MapNodeSockets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(WireNames.ImagesPath, ImagesAsync).RequireAuthorization(NodeTokenHandler.Policy).ExcludeFromDescription();
        routes.MapGet(WireNames.LivePath, LiveAsync).RequireAuthorization(NodeTokenHandler.Policy).ExcludeFromDescription();
    }

    static Task ImagesAsync(HttpContext http, NodeConnections connections, CommandResults results) => RunAsync(http, connections, async (nodeId, socket, ended) =>
    {
        using var reader = new MessageReader(socket, WireLimits.NodeToGatewayBytes);
        while (await reader.NextAsync(ended) is { } message)
        {
            var result = ImageMessage.Read(message.ToOwned());
            var stored = new ImageStored(result.CommandId ?? "", await results.TakeAsync(nodeId, result));
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(stored, ProtocolJson.Default.ImageStored), WebSocketMessageType.Text, true, ended);
        }
    });

    static async Task LiveAsync(HttpContext http, string? view, NodeConnections connections, LiveViews views)
    {
        var nodeId = http.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        if (view is null || views.Attach(nodeId, view) is not { } live)
        {
            http.Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        try
        {
            await RunAsync(http, connections, (_, socket, ended) => ReceiveAsync(live, views, socket, ended));
        }
        finally
        {
            views.Detach(nodeId, view);
        }
    }

    static async Task ReceiveAsync(LiveView live, LiveViews views, WebSocket socket, CancellationToken ended)
    {
        // Only the newest acknowledgement counts.
        var taken = Channel.CreateBounded<uint>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        live.Connected(sequence => taken.Writer.TryWrite(sequence));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var acknowledging = AcknowledgeAsync(taken.Reader, socket, ending.Token);
        using var reader = new MessageReader(socket, WireLimits.NodeToGatewayBytes);
        try
        {
            while (await reader.NextAsync(ended) is { } message)
            {
                var frame = message.IsText ? null : LiveFrame.Read(message.ToOwned());
                if (views.Forbidden(live.NodeId) is { } forbidden)
                {
                    live.Tell(forbidden);
                    if (frame is not null) live.Skip(frame);
                }
                else if (frame is not null)
                {
                    live.Add(frame);
                }
                else
                {
                    live.Tell(JsonSerializer.Deserialize(message.Span, ProtocolJson.Default.LiveStatus) ?? throw new FormatException("the status is null"));
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await acknowledging;
        }
    }

    static async Task AcknowledgeAsync(ChannelReader<uint> taken, WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var sequence in taken.ReadAllAsync(cancellationToken))
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new LiveTaken(sequence), ProtocolJson.Default.LiveTaken), WebSocketMessageType.Text, true, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // The view is over.
        }
    }

    static async Task RunAsync(HttpContext http, NodeConnections connections, Func<string, WebSocket, CancellationToken, Task> serve)
    {
        var nodeId = http.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        if (!http.WebSockets.IsWebSocketRequest || connections.Find(nodeId) is not { } connection)
        {
            http.Response.StatusCode = http.WebSockets.IsWebSocketRequest ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, connection.Lifetime);
        try
        {
            await serve(nodeId, socket, ended.Token);
            if (socket.State is WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ended.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // It broke, or the hub connection ended.
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidDataException)
        {
            http.RequestServices.GetRequiredService<ILogger<LiveViews>>().LogWarning("{NodeId} sent what can't be read on {Path}: {Reason}", nodeId, http.Request.Path, error.Message);
        }
    }
}
