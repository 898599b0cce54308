using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>A Gateway's hub by hand: negotiation and handshake as SignalR does them, and then whatever bytes a test wants.</summary>
static class RawHub
{
    const string Negotiation = """
        {"negotiateVersion":1,"connectionId":"c","connectionToken":"t","availableTransports":[{"transport":"WebSockets","transferFormats":["Text","Binary"]}]}
        """;

    /// <param name="talk">After the handshake; the socket is closed when it returns.</param>
    /// <param name="refuse">Asked for negotiation and upgrade; true when it has answered itself.</param>
    public static Task<LoopbackServer> StartAsync(
        Func<WebSocket, HttpContext, Task> talk, Func<HttpContext, bool>? refuse = null, System.Security.Cryptography.X509Certificates.X509Certificate2? certificate = null) =>
        LoopbackServer.StartAsync(
            app =>
            {
                app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
                app.Run(async context =>
                {
                    if (refuse?.Invoke(context) == true) return;
                    if (context.Request.Path == $"{WireNames.HubPath}/negotiate") await context.Response.WriteAsync(Negotiation);
                    else if (context.WebSockets.IsWebSocketRequest) await ServeAsync(context, talk);
                    else context.Response.StatusCode = StatusCodes.Status404NotFound;
                });
            },
            certificate: certificate);

    public static Task SendAsync(this WebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Reads until the other side closes or cuts.</summary>
    public static async Task DrainAsync(this WebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (WebSocketException)
        {
            // Cut.
        }
    }

    static async Task ServeAsync(HttpContext context, Func<WebSocket, HttpContext, Task> talk)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.ReceiveAsync(new byte[4096], context.RequestAborted);
        await socket.SendAsync("{}\u001e");
        await talk(socket, context);
    }
}
