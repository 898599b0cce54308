using System.Net;
using System.Net.Sockets;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>
/// A name server that knows one name, as 127.0.0.1, and can fall silent. A program that is started <see cref="Through"/> it asks nobody else:
/// it has a mount namespace with a resolv.conf of its own. Needs root, as port 53 and mounting do.
/// </summary>
sealed class NameServer : IAsyncDisposable
{
    /// <summary>Port 53 and mounting are root's.</summary>
    public static bool IsPossible => Environment.IsPrivilegedProcess;

    readonly TestFolder folder = new();
    readonly UdpClient socket;
    readonly byte[] name;
    readonly Task serving;
    int ignored;

    public NameServer(string name)
    {
        // Each on an address of its own: the port is given, and other tests may run.
        var address = new IPAddress([127, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255), 53]);
        this.name = [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. System.Text.Encoding.ASCII.GetBytes(label)]), 0];
        socket = new UdpClient(new IPEndPoint(address, 53));
        File.WriteAllText(folder.File("resolv.conf"), $"nameserver {address}\n");
        serving = Task.Run(ServeAsync);
    }

    /// <summary>False: questions are received and forgotten.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Questions that were forgotten.</summary>
    public int Ignored => Volatile.Read(ref ignored);

    public IReadOnlyList<string> Through =>
        ["unshare", "--mount", "sh", "-c", "mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"", "sh", folder.File("resolv.conf")];

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await socket.ReceiveAsync();
                if (Answers) await socket.SendAsync(AnswerTo(question.Buffer), question.RemoteEndPoint);
                else Interlocked.Increment(ref ignored);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The end of the server.
        }
    }

    // RFC 1035: the header, the question as it came, and for an A question of the one name its address, pointing back at the name.
    byte[] AnswerTo(byte[] question)
    {
        var end = Array.IndexOf(question, (byte)0, 12) + 5;
        var asked = question.AsSpan(12..end);
        var known = asked[..^4].SequenceEqual(name);
        var isAddress = known && asked[^3] == 1;
        byte[] header = [question[0], question[1], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)(isAddress ? 1 : 0), 0, 0, 0, 0];
        byte[] record = isAddress ? [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1] : [];
        return [.. header, .. asked, .. record];
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await serving;
        folder.Dispose();
    }
}
