using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Tests.Support.Tls;

/// <summary>What stands before a Gateway in the field: speaks TLS outwards and plain TCP inwards.</summary>
sealed class TlsFront : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Uri inner;
    readonly Task accepting;
    X509Certificate2 certificate;
    int trusted;

    public TlsFront(Uri inner, X509Certificate2 certificate)
    {
        (this.inner, this.certificate) = (inner, certificate);
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Connections over which the client has said something: it has accepted the certificate.</summary>
    public int Trusted => Volatile.Read(ref trusted);

    /// <summary>What new connections get.</summary>
    public void Present(X509Certificate2 other) => Volatile.Write(ref certificate, other);

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var target = new TcpClient())
            {
                await using var outer = new SslStream(client.GetStream());
                await outer.AuthenticateAsServerAsync(Volatile.Read(ref certificate));
                var first = new byte[16 * 1024];
                if (await outer.ReadAsync(first, stop.Token) is not (> 0 and var count)) return;
                Interlocked.Increment(ref trusted);
                await target.ConnectAsync(inner.Host, inner.Port, stop.Token);
                var plain = target.GetStream();
                await plain.WriteAsync(first.AsMemory(0, count), stop.Token);
                await Task.WhenAny(outer.CopyToAsync(plain, stop.Token), plain.CopyToAsync(outer, stop.Token));
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException or SocketException)
        {
            // The client refused the certificate or went away.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }
}
