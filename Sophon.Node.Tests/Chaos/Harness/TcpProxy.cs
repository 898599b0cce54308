using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>What lies between Node and Gateway: it can cut, hold, swallow, delay and throttle, at a step of a connection's making too.</summary>
sealed class TcpProxy : IAsyncDisposable
{
    // The kernel drops what would go past this, without a word: a black hole before the connection exists.
    const int Backlog = 1;

    readonly int target;
    readonly X509Certificate2? certificate;
    readonly CancellationTokenSource lifetime = new();
    readonly List<ProxiedConnection> connections = [];
    readonly List<Socket> fillers = [];
    readonly Socket listener;
    readonly Task accepting;
    readonly Lock gate = new();
    volatile TaskCompletionSource? closedDoor;
    int accepted;

    /// <param name="target">The Gateway's port on 127.0.0.1; nobody needs to listen there yet.</param>
    /// <param name="certificate">The proxy speaks TLS with the Node then, and plain with the Gateway.</param>
    public TcpProxy(int target, X509Certificate2? certificate = null)
    {
        (this.target, this.certificate) = (target, certificate);
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(Backlog);
        Url = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where the Node has to go.</summary>
    public Uri Url { get; }

    /// <summary>How traffic passes, of connections that are there and of those to come.</summary>
    public Weather Weather { get; } = new();

    /// <summary>Connections that were made so far.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>Connections that are there.</summary>
    public int Open
    {
        get
        {
            lock (gate) return connections.Count;
        }
    }

    /// <summary>Resets every connection; new ones are made as before.</summary>
    public void Cut()
    {
        lock (gate)
        {
            foreach (var connection in connections) connection.Reset();
        }
    }

    /// <summary>Nobody is let in any more: once the queue is full, the kernel ignores who knocks.</summary>
    public async Task CloseDoorAsync()
    {
        closedDoor = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            fillers.Add(filler);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
            try
            {
                await filler.ConnectAsync(listener.LocalEndPoint!, patience.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public void OpenDoor()
    {
        foreach (var filler in fillers) filler.Dispose();
        fillers.Clear();
        var door = closedDoor;
        closedDoor = null;
        door?.SetResult();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(lifetime.Token);
                if (closedDoor is { } door) await door.Task.WaitAsync(lifetime.Token);
                var connection = new ProxiedConnection(client, target, certificate, Weather);
                Interlocked.Increment(ref accepted);
                lock (gate) connections.Add(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end of the proxy.
        }
    }

    async Task ServeAsync(ProxiedConnection connection)
    {
        await connection.RunAsync(lifetime.Token);
        lock (gate) connections.Remove(connection);
        connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        listener.Dispose();
        OpenDoor();
        Cut();
        await accepting;
    }
}
