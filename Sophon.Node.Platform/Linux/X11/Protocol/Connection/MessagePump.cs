using System.Buffers.Binary;
using System.Net.Sockets;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Cuts what the server sends into messages: 32 bytes, and more after a reply or a generic event.</summary>
/// <param name="onMessage">Called one message at a time; the span is valid during the call.</param>
/// <param name="onEnd">Called once, when the stream ends or breaks.</param>
sealed class MessagePump(Socket socket, MessagePump.MessageHandler onMessage, Action<Exception> onEnd)
{
    const int Unit = 32;
    const byte Reply = 1, GenericEvent = 35;

    // Longest reply that is believed; a picture of 16,384 x 16,384 pixels fits.
    const long MostBytes = 1L << 30;

    const int Usual = 64 * 1024, Most = 1 << 20;

    byte[] buffer = new byte[Usual];
    int start, end;

    public delegate void MessageHandler(ReadOnlySpan<byte> message);

    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var length = await FillAsync(Unit) ? LengthOf(buffer.AsSpan(start)) : 0;
                if (length == 0 || !await FillAsync(length)) throw new EndOfStreamException("The X server ended the stream.");

                onMessage(buffer.AsSpan(start, length));
                start += length;
                // A picture or a long text made it large; the next one seldom is.
                if (start == end && buffer.Length > Most) (buffer, start, end) = (new byte[Usual], 0, 0);
            }
        }
        catch (Exception e)
        {
            // Whatever it was, nobody else would ever hear of it: every waiting request must.
            onEnd(e);
        }
    }

    static int LengthOf(ReadOnlySpan<byte> header)
    {
        if (header[0] != Reply && (header[0] & 0x7f) != GenericEvent) return Unit;
        var length = Unit + 4L * BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return length <= MostBytes ? (int)length : throw new InvalidDataException($"The X server announced a message of {length:N0} bytes.");
    }

    async ValueTask<bool> FillAsync(int count)
    {
        if (end - start >= count) return true;
        if (buffer.Length - start < count)
        {
            var target = buffer.Length >= count ? buffer : new byte[count];
            buffer.AsSpan(start, end - start).CopyTo(target);
            (buffer, end, start) = (target, end - start, 0);
        }

        while (end - start < count)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(end), SocketFlags.None);
            if (got == 0) return false;
            end += got;
        }

        return true;
    }
}
