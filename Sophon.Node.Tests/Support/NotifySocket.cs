using System.Net.Sockets;
using System.Text;

namespace Sophon.Node.Tests.Support;

/// <summary>What systemd would hear of a service: the datagrams of sd_notify(3), in order.</summary>
public sealed class NotifySocket : IDisposable
{
    readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    readonly List<string> heard = [];
    readonly Lock gate = new();

    /// <param name="address">A path, or an abstract name after <c>@</c>.</param>
    public NotifySocket(string address)
    {
        Address = address;
        socket.Bind(new UnixDomainSocketEndPoint(address.StartsWith('@') ? "\0" + address[1..] : address));
        _ = ListenAsync();
    }

    public string Address { get; }

    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (gate) return [.. heard];
        }
    }

    public Task WaitForAsync(Func<IReadOnlyList<string>, bool> condition, string what) =>
        Eventually.TrueAsync(() => condition(Heard), $"{what}; heard: {string.Join(" | ", Heard)}", TimeSpan.FromSeconds(60));

    public void Dispose() => socket.Dispose();

    async Task ListenAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var count = await socket.ReceiveAsync(buffer);
                lock (gate) heard.AddRange(Encoding.UTF8.GetString(buffer, 0, count).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
