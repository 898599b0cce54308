using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Sway;

/// <summary>sway's own socket: "i3-ipc", length and type as 32-bit words, then the payload (sway-ipc(7)). One connection for each question.</summary>
sealed class SwaySocket(Func<CancellationToken, Task<string>> locate) : ISwayIpc
{
    const int HeaderLength = 14;
    const int MaxAnswer = 64 * 1024 * 1024;

    static ReadOnlySpan<byte> Magic => "i3-ipc"u8;

    public async Task<JsonElement> AskAsync(SwayMessage message, string payload, CancellationToken cancellationToken)
    {
        var path = await locate(cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(WaylandConnection.AnswerDeadline);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), deadline.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encode(message, payload), deadline.Token);

            var header = new byte[HeaderLength];
            await stream.ReadExactlyAsync(header, deadline.Token);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(Magic.Length));
            if (length is < 0 or > MaxAnswer) throw new ActionFailedException($"Sway's answer to {message} claims {length} bytes.");
            var body = new byte[length];
            await stream.ReadExactlyAsync(body, deadline.Token);
            return JsonDocument.Parse(body).RootElement;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new DisplayUnavailableException($"Sway does not answer at {path} ({exception.Message}).", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DisplayUnavailableException($"Sway does not answer at {path} within {WaylandConnection.AnswerDeadline.TotalSeconds:0} s.");
        }
    }

    static byte[] Encode(SwayMessage message, string payload)
    {
        var text = Encoding.UTF8.GetBytes(payload);
        var bytes = new byte[HeaderLength + text.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length), text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length + 4), (int)message);
        text.CopyTo(bytes, HeaderLength);
        return bytes;
    }
}
