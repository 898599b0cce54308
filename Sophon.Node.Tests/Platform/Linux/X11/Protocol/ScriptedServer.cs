using System.Buffers.Binary;
using System.Net.Sockets;
using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

/// <summary>Listens as an X server does and says what the test tells it to.</summary>
sealed class ScriptedServer : IDisposable
{
    readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ScriptedServer()
    {
        // An abstract socket leaves no file; numbers this high are nobody's.
        Address = new DisplayAddress(null, Random.Shared.Next(1_000_000, 2_000_000), 0);
        listener.Bind(Address.EndPoints[0]);
        listener.Listen();
    }

    public DisplayAddress Address { get; }

    /// <summary>Takes the client's greeting and lets it in; every extension is missing.</summary>
    public async Task<Client> AcceptAsync()
    {
        var client = await AcceptSilentlyAsync();
        await client.SendAsync(Recordings.Setup);
        for (var sequence = 1; sequence <= Enum.GetValues<Extension>().Length; sequence++)
        {
            Assert98(await client.ReceiveRequestAsync());
            await client.ReplyAsync(sequence);
        }

        return client;

        static void Assert98(byte[] request) => Xunit.Assert.Equal(98, request[0]);
    }

    /// <summary>Takes the client's greeting and says nothing.</summary>
    public async Task<Client> AcceptSilentlyAsync()
    {
        var client = new Client(await listener.AcceptAsync());
        await client.ReceiveAsync(12);
        return client;
    }

    public void Dispose() => listener.Dispose();

    public sealed class Client(Socket socket) : IDisposable
    {
        public async Task<byte[]> ReceiveAsync(int count)
        {
            var bytes = new byte[count];
            for (var got = 0; got < count;)
            {
                var more = await socket.ReceiveAsync(bytes.AsMemory(got));
                if (more == 0) throw new EndOfStreamException();
                got += more;
            }

            return bytes;
        }

        public async Task<byte[]> ReceiveRequestAsync()
        {
            var header = await ReceiveAsync(4);
            return [.. header, .. await ReceiveAsync(4 * BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(2)) - 4)];
        }

        public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes);

        public Task ReplyAsync(int sequence) => SendAsync([1, 0, (byte)sequence, (byte)(sequence >> 8), .. new byte[28]]);

        public Task ErrorAsync(int sequence, byte code, int value = 0) =>
            SendAsync([0, code, (byte)sequence, (byte)(sequence >> 8), .. BitConverter.GetBytes(value), .. new byte[24]]);

        public void Dispose() => socket.Dispose();
    }
}
