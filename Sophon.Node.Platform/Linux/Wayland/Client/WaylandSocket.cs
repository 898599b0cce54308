using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.Wayland.Native;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>A Unix socket that carries bytes and file descriptors (<c>SCM_RIGHTS</c>).</summary>
sealed class WaylandSocket : IDisposable
{
    // libwayland never puts more than 28 descriptors into one message.
    const int MaxDescriptors = 28;

    readonly Socket socket;

    WaylandSocket(Socket socket) => this.socket = socket;

    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static WaylandSocket Connect(string path, TimeSpan sendTimeout)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = (int)sendTimeout.TotalMilliseconds;
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new WaylandSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The process that listens at the other end.</summary>
    public int PeerProcessId
    {
        get
        {
            var credentials = new byte[12];
            return socket.GetRawSocketOption(LibC.SocketLevel, LibC.PeerCredentials, credentials) >= 4
                ? BitConverter.ToInt32(credentials)
                : 0;
        }
    }

    /// <summary>Sends all of <paramref name="bytes"/>; the descriptors travel with the first of them.</summary>
    /// <exception cref="IOException">The peer is gone, or takes nothing within the send timeout.</exception>
    public unsafe void Send(ReadOnlySpan<byte> bytes, ReadOnlySpan<SafeHandle> descriptors)
    {
        var controlLength = descriptors.Length == 0 ? 0 : sizeof(LibC.ControlHeader) + Align(descriptors.Length * sizeof(int));
        var control = stackalloc byte[controlLength];
        if (descriptors.Length > 0)
        {
            *(LibC.ControlHeader*)control = new()
            {
                Length = (nuint)(sizeof(LibC.ControlHeader) + descriptors.Length * sizeof(int)),
                Level = LibC.SocketLevel,
                Type = LibC.ScmRights,
            };
            for (var i = 0; i < descriptors.Length; i++)
                ((int*)(control + sizeof(LibC.ControlHeader)))[i] = (int)descriptors[i].DangerousGetHandle();
        }

        fixed (byte* start = bytes)
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                var vector = new LibC.IoVector { Base = start + sent, Length = (nuint)(bytes.Length - sent) };
                var header = new LibC.MessageHeader
                {
                    Vectors = &vector,
                    VectorCount = 1,
                    Control = sent == 0 && controlLength > 0 ? control : null,
                    ControlLength = sent == 0 ? (nuint)controlLength : 0,
                };
                nint count;
                do count = LibC.SendMessage(socket.SafeHandle, &header, LibC.MessageNoSignal);
                while (count < 0 && WasInterrupted());
                sent += (int)count;
            }
        }
    }

    /// <summary>Waits for bytes. Descriptors that come along are queued.</summary>
    /// <returns>The number of bytes; 0 when the peer has closed.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public unsafe int Receive(Span<byte> buffer, Queue<SafeFileHandle> descriptors)
    {
        var controlLength = sizeof(LibC.ControlHeader) + Align(MaxDescriptors * sizeof(int));
        var control = stackalloc byte[controlLength];
        fixed (byte* start = buffer)
        {
            var vector = new LibC.IoVector { Base = start, Length = (nuint)buffer.Length };
            var header = new LibC.MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = (nuint)controlLength,
            };
            nint count;
            do count = LibC.ReceiveMessage(socket.SafeHandle, &header, LibC.MessageCloseOnExec);
            while (count < 0 && WasInterrupted());

            for (var offset = 0; offset + sizeof(LibC.ControlHeader) <= (int)header.ControlLength;)
            {
                var item = (LibC.ControlHeader*)(control + offset);
                if ((int)item->Length < sizeof(LibC.ControlHeader)) break;
                if (item->Level == LibC.SocketLevel && item->Type == LibC.ScmRights)
                {
                    var values = new ReadOnlySpan<int>(item + 1, ((int)item->Length - sizeof(LibC.ControlHeader)) / sizeof(int));
                    foreach (var value in values) descriptors.Enqueue(new SafeFileHandle(value, ownsHandle: true));
                }

                offset += Align((int)item->Length);
            }

            return (int)count;
        }
    }

    /// <summary>Wakes a waiting <see cref="Receive"/>, which then returns 0.</summary>
    public void Shutdown()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
    }

    public void Dispose() => socket.Dispose();

    static bool WasInterrupted()
    {
        const int interrupted = 4;
        var error = Marshal.GetLastPInvokeError();
        return error == interrupted ? true : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    static int Align(int length) => (length + 7) & ~7;
}
