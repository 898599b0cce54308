using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sophon.Node.Actors;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Gateway;

/// <summary>Sets up SignalR's client as docs/protocol.md says: WebSockets only, with negotiation, JSON, no reconnect of its own.</summary>
sealed class SignalRGatewayHubFactory(GatewaySettings settings, GatewayHttp http, ILoggerProvider log) : IGatewayHubFactory
{
    /// <summary>SignalR's own timeout counts in the wall clock; <see cref="LimitedWebSocket"/> has a monotonic one instead.</summary>
    static readonly TimeSpan NotByTheWallClock = TimeSpan.FromDays(3_650);

    public IGatewayHub Create(NodeIdentity identity, IGatewayHubListener listener)
    {
        var handler = new TokenHandler(identity.GatewayUrl, identity.Token, settings.TokenInQuery, http.CreateHandler());
        var builder = new HubConnectionBuilder()
            .WithUrl(GatewayAddress.At(identity.GatewayUrl, WireNames.HubPath), HttpTransportType.WebSockets, options =>
            {
                options.HttpMessageHandlerFactory = own =>
                {
                    own.Dispose();
                    return handler;
                };
                options.WebSocketFactory = (context, cancellationToken) => ConnectAsync(context, handler, cancellationToken);
                options.CloseTimeout = TimeSpan.FromSeconds(2);
            })
            .WithKeepAliveInterval(settings.KeepAliveInterval)
            .WithServerTimeout(NotByTheWallClock)
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log))
            .AddJsonProtocol(json => json.PayloadSerializerOptions = ProtocolJson.Default.Options);
        var sockets = new GatewaySockets(identity.GatewayUrl, settings, handler);
        return new SignalRGatewayHub(builder.Build(), sockets, listener, error => GatewayFailures.Classify(error, identity.GatewayUrl, http.CertificateProblem).Reason, () => handler.ClockDifference);
    }

    async ValueTask<WebSocket> ConnectAsync(WebSocketConnectionContext context, HttpMessageHandler handler, CancellationToken cancellationToken)
    {
        var socket = GatewaySockets.Prepare(settings);
        try
        {
            foreach (var (name, value) in context.Options.Headers) socket.Options.SetRequestHeader(name, value);
            await socket.ConnectAsync(context.Uri, new HttpMessageInvoker(handler, disposeHandler: false), cancellationToken);
            return new LimitedWebSocket(socket, WireLimits.GatewayToNodeBytes, settings.ServerTimeout);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
