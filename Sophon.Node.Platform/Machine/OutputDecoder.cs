using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Machine;

/// <summary>Turns a program's bytes into text as they come: characters are never split, bytes that are no UTF-8 become U+FFFD.</summary>
sealed class OutputDecoder(bool isError, int limitBytes, Lock order, Action<ExecutionOutput>? onOutput)
{
    readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    readonly StringBuilder text = new();
    int taken;

    public bool Truncated { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var room = limitBytes - taken;
        Truncated |= bytes.Length > room;
        var kept = bytes[..Math.Min(bytes.Length, room)];
        taken += kept.Length;
        Decode(kept, flush: false);
    }

    public string Finish()
    {
        // What the limit cut in two is dropped, not shown as a broken character.
        if (!Truncated) Decode([], flush: true);
        return text.ToString();
    }

    void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> characters = stackalloc char[4096];
        while (true)
        {
            decoder.Convert(bytes, characters, flush, out var used, out var written, out var completed);
            bytes = bytes[used..];
            if (written > 0) Emit(characters[..written].ToString());
            if (completed) return;
        }
    }

    void Emit(string piece)
    {
        text.Append(piece);
        if (onOutput is null) return;
        lock (order) onOutput(new ExecutionOutput(isError, piece));
    }
}
