using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Reaches the server and is let in (chapter 8, "Connection Setup").</summary>
static class Handshake
{
    /// <summary>A server that accepts but does not answer (stopped, or swapping) counts as absent after this long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const byte Refused = 0, Accepted = 1;

    public static async Task<(Socket Socket, ServerSetup Setup)> ConnectAsync(
        DisplayAddress address, AuthorityFile authority, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        Exception? last = null;
        foreach (var endPoint in address.EndPoints)
        {
            var socket = endPoint is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endPoint, deadline.Token);
                var remote = (socket.RemoteEndPoint as IPEndPoint)?.Address;
                if (remote is { IsIPv4MappedToIPv6: true }) remote = remote.MapToIPv4();
                return (socket, await SetUpAsync(socket, address, authority.FindCookie(address, Dns.GetHostName(), remote), deadline.Token));
            }
            catch (Exception e)
            {
                socket.Dispose();
                if (e is DisplayUnavailableException || cancellationToken.IsCancellationRequested) throw;
                if (e is not (SocketException or OperationCanceledException or IOException)) throw;
                last = e;
            }
        }

        throw new DisplayUnavailableException(last is OperationCanceledException
            ? $"The X server {address} does not answer ({Patience.TotalSeconds:0} s)."
            : $"No X server listens on {address}. Is DISPLAY right, and does the desktop run?", last);
    }

    static async Task<ServerSetup> SetUpAsync(Socket socket, DisplayAddress address, byte[]? cookie, CancellationToken cancellationToken)
    {
        await socket.SendAsync(ServerSetup.Greeting(cookie), SocketFlags.None, cancellationToken);

        var header = new byte[8];
        await ReceiveAsync(socket, header, cancellationToken);
        var message = new byte[8 + 4 * BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6))];
        header.CopyTo(message, 0);
        await ReceiveAsync(socket, message.AsMemory(8), cancellationToken);
        if (header[0] == Accepted) return ServerSetup.Read(message);

        var reason = Encoding.Latin1.GetString(message, 8, header[0] == Refused ? header[1] : message.Length - 8).TrimEnd('\0', '\n', ' ');
        throw new DisplayUnavailableException(cookie is null
            ? $"The X server {address} refused the connection: {reason}. No cookie for it was found: set XAUTHORITY to the file of the person who is logged in there."
            : $"The X server {address} refused the connection: {reason}. The cookie for it is out of date: set XAUTHORITY to the file of the person who is logged in there.");
    }

    static async Task ReceiveAsync(Socket socket, Memory<byte> target, CancellationToken cancellationToken)
    {
        while (target.Length > 0)
        {
            var got = await socket.ReceiveAsync(target, SocketFlags.None, cancellationToken);
            if (got == 0) throw new EndOfStreamException("The X server ended the stream.");
            target = target[got..];
        }
    }
}
