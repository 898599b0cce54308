using System.Net;
using System.Net.Sockets;

namespace Sophon.Node.Tests.Support.Postgres;

/// <summary>A link to a PostgreSQL that breaks at the worst moment: the server has the COMMIT, and its answer never arrives.</summary>
public sealed class CommitCutter : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly int target;
    readonly Task loop;
    volatile bool armed;

    public CommitCutter(int target)
    {
        this.target = target;
        listener.Start();
        loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Links that were broken.</summary>
    public int Cuts { get; private set; }

    public void CutNextAnswer() => armed = true;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = LinkAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task LinkAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, target);
            var down = Ignore(server.GetStream().CopyToAsync(client.GetStream()));
            await Task.WhenAny(down, Ignore(UpAsync(client.GetStream(), server, client)));
        }
    }

    async Task UpAsync(NetworkStream from, TcpClient server, TcpClient client)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            var cut = armed && buffer.AsSpan(0, count).IndexOf("COMMIT"u8) >= 0;
            if (cut)
            {
                armed = false;
                Cuts++;
                client.Close();
            }

            await server.GetStream().WriteAsync(buffer.AsMemory(0, count));

            // The server finds nobody to answer to, and has committed.
            if (cut) await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    static async Task Ignore(Task copying)
    {
        try
        {
            await copying;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // One side has gone.
        }
    }
}
