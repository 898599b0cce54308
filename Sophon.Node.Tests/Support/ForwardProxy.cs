using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sophon.Node.Tests.Support;

/// <summary>A small forward proxy: CONNECT tunnels, and plain requests with an absolute address (RFC 9110 9.3.6, RFC 9112 3.2.2).</summary>
public sealed class ForwardProxy : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentQueue<string> requests = new();
    readonly CancellationTokenSource stopping = new();

    public ForwardProxy()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The first line of each request.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
        stopping.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
                requests.Enqueue(line);
                var words = line.Split(' ');
                var target = words[0] == "CONNECT" ? new Uri("http://" + words[1]) : new Uri(words[1]);
                using var server = new TcpClient();
                await server.ConnectAsync(target.Host, target.Port, stopping.Token);
                var upstream = server.GetStream();
                if (words[0] == "CONNECT") await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stopping.Token);

                // One request a connection: whoever asks again comes through the proxy again, and is counted.
                else await upstream.WriteAsync(Encoding.Latin1.GetBytes($"{words[0]} {target.PathAndQuery} {words[2]}\r\nConnection: close\r\n{head[(line.Length + 2)..]}"), stopping.Token);
                await Task.WhenAny(stream.CopyToAsync(upstream, stopping.Token), upstream.CopyToAsync(stream, stopping.Token));
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // Either side has gone.
        }
    }

    async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stopping.Token) > 0) text.Append((char)one[0]);
        return text.ToString();
    }
}
