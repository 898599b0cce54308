using System.Net;
using System.Net.WebSockets;
using Sophon.Node.Actors;

namespace Sophon.Node.Gateway;

/// <summary>WebSockets to the Gateway beside the hub, made as the hub's is: same token, same verification.</summary>
/// <param name="handler">Adds the token; the hub's, which outlives this.</param>
sealed class GatewaySockets(Uri gateway, GatewaySettings settings, HttpMessageHandler handler)
{
    /// <summary>Not connected.</summary>
    public static ClientWebSocket Prepare(GatewaySettings settings)
    {
        var socket = new ClientWebSocket();

        // The timeout's default is infinite: without it a half-open connection would be noticed only by SignalR's own timeout.
        socket.Options.KeepAliveInterval = settings.KeepAliveInterval;
        // From the last byte on, a ping goes out after the interval: together with the wait for its answer that is the server timeout.
        socket.Options.KeepAliveTimeout = settings.ServerTimeout - settings.KeepAliveInterval;
        return socket;
    }

    /// <returns>Null when the Gateway has no such path.</returns>
    public async Task<WebSocket?> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = Prepare(settings);
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(GatewayAddress.At(gateway, path));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        try
        {
            await socket.ConnectAsync(address.Uri, new HttpMessageInvoker(handler, disposeHandler: false), cancellationToken);
            return socket;
        }
        catch (WebSocketException) when (socket.HttpStatusCode == HttpStatusCode.NotFound)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
