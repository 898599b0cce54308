using System.Buffers.Binary;
using System.Text;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>
/// Follows one connection's bytes as far as needed to know its <see cref="Step"/>, and drops from what the Gateway says
/// all that the weather's hole swallows. A server's WebSocket frames are not masked, and SignalR does not compress them.
/// </summary>
sealed class HubConversation(Weather weather)
{
    readonly List<byte> pending = [];
    volatile bool upgrading;
    bool upgraded;
    bool handshaken;

    public ReadOnlyMemory<byte> FromNode(ReadOnlyMemory<byte> bytes)
    {
        if (!upgrading && Encoding.ASCII.GetString(bytes.Span).Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase)) upgrading = true;
        return bytes;
    }

    public ReadOnlyMemory<byte> FromGateway(ReadOnlyMemory<byte> bytes)
    {
        if (!upgrading) return Pass(Step.FirstAnswer, bytes);
        if (upgraded) return FramesOf(bytes);

        // The answer's head and the first frame may come together.
        pending.AddRange(bytes.Span);
        var head = Encoding.ASCII.GetString([.. pending]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0) return default;
        upgraded = true;
        var answer = pending.Take(head + 4).ToArray();
        pending.RemoveRange(0, head + 4);
        var passed = Pass(Step.Upgrade, answer);
        return pending.Count == 0 ? passed : (byte[])[.. passed.Span, .. FramesOf(default).Span];
    }

    ReadOnlyMemory<byte> FramesOf(ReadOnlyMemory<byte> bytes)
    {
        pending.AddRange(bytes.Span);
        var passing = new List<byte>();
        while (FrameLength() is { } length && length <= pending.Count)
        {
            var frame = pending.Take(length).ToArray();
            pending.RemoveRange(0, length);
            passing.AddRange(PassFrame(frame).Span);
        }

        return passing.ToArray();
    }

    ReadOnlyMemory<byte> PassFrame(byte[] frame)
    {
        if (!handshaken)
        {
            handshaken = true;
            return Pass(Step.Handshake, frame);
        }

        var acknowledges = Encoding.UTF8.GetString(frame).Contains("\"type\":3", StringComparison.Ordinal);
        return Pass(acknowledges ? Step.Acknowledgement : Step.AfterHandshake, frame);
    }

    ReadOnlyMemory<byte> Pass(Step step, ReadOnlyMemory<byte> bytes)
    {
        var swallowed = weather.Hole switch
        {
            Step.None => false,
            Step.Acknowledgement => step == Step.Acknowledgement,
            var hole => step >= hole,
        };
        if (!swallowed) return bytes;
        weather.Count();
        return default;
    }

    /// <summary>Of the first frame, its head included; null while that is not known.</summary>
    int? FrameLength()
    {
        if (pending.Count < 2) return null;
        var length = pending[1] & 0x7F;
        if (length < 126) return 2 + length;
        var (from, extra) = length == 126 ? (2, 2) : (2, 8);
        if (pending.Count < from + extra) return null;
        var bytes = pending.Skip(from).Take(extra).ToArray();
        return 2 + extra + (extra == 2 ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (int)BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
