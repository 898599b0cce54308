using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>One connection through a <see cref="TcpProxy"/>.</summary>
sealed class ProxiedConnection(Socket client, int target, X509Certificate2? certificate, Weather weather) : IDisposable
{
    readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly HubConversation conversation = new(weather);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, cancellationToken);
            await using var node = await NodeStreamAsync(cancellationToken);
            await using var gateway = new NetworkStream(server);
            var up = PumpAsync(node, gateway, toNode: false, cancellationToken);
            var down = PumpAsync(gateway, node, toNode: true, cancellationToken);
            await await Task.WhenAny(up, down);
            await Task.WhenAll(up, down);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            Reset();
        }
    }

    /// <summary>Both ends are told by a reset.</summary>
    public void Reset()
    {
        Close(client);
        Close(server);
    }

    public void Dispose() => Reset();

    async Task<Stream> NodeStreamAsync(CancellationToken cancellationToken)
    {
        var raw = new NetworkStream(client);
        if (certificate is null) return raw;
        while (weather.Hole == Step.FirstAnswer)
        {
            weather.Count();
            await Task.Delay(50, cancellationToken);
        }

        var tls = new SslStream(raw);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        return tls;
    }

    async Task PumpAsync(Stream from, Stream to, bool toNode, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            await weather.WhileHeldAsync(toNode, cancellationToken);
            var count = await from.ReadAsync(weather.Throttle > 0 ? buffer.AsMemory(0, Math.Max(1, weather.Throttle / 20)) : buffer, cancellationToken);
            await weather.WhileHeldAsync(toNode, cancellationToken);
            if ((toNode ? weather.ToNode : weather.ToGateway) == Passage.Swallowed)
            {
                weather.Count();

                // An end is a packet like others: who waits for it waits for ever.
                if (count == 0) await Task.Delay(Timeout.Infinite, cancellationToken);
                continue;
            }

            if (count == 0)
            {
                (toNode ? client : server).Shutdown(SocketShutdown.Send);
                return;
            }

            var passing = toNode ? conversation.FromGateway(buffer.AsMemory(0, count)) : conversation.FromNode(buffer.AsMemory(0, count));
            if (weather.Delay > TimeSpan.Zero) await Task.Delay(weather.Delay, cancellationToken);
            if (weather.Throttle > 0) await Task.Delay(50, cancellationToken);
            if (passing.Length > 0) await to.WriteAsync(passing, cancellationToken);
        }
    }

    static void Close(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        socket.Dispose();
    }
}
