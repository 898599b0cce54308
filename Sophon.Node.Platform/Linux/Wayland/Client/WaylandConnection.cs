using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.Wayland.Client.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>
/// One connection to a compositor. Requests may be sent from any thread; events are dispatched by one reader thread.
/// When it ends, everything that waits on it fails with the reason, and it stays ended: a new one is made for the next call.
/// </summary>
sealed class WaylandConnection : IDisposable
{
    /// <summary>How long a compositor may take to answer before it counts as not there.</summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(4);

    readonly WaylandSocket socket;
    readonly Lock sending = new();
    readonly RequestEncoder encoder = new();
    readonly ObjectMap objects = new();
    readonly TaskCompletionSource<PlatformException> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    WaylandConnection(WaylandSocket socket, string path)
    {
        this.socket = socket;
        SocketPath = path;
        CompositorProcessId = socket.PeerProcessId;
        Display = new Display(this);
        objects.Add(Display);
        Registry = Display.GetRegistry();
        new Thread(Read) { IsBackground = true, Name = "wayland-events" }.Start();
    }

    public string SocketPath { get; }

    public int CompositorProcessId { get; }

    public Display Display { get; }

    public Registry Registry { get; }

    /// <summary>Completes with the reason when the connection has ended.</summary>
    public Task<PlatformException> Ended => ended.Task;

    public bool IsAlive => !ended.Task.IsCompleted;

    /// <summary>Connects and waits for the list of globals.</summary>
    /// <exception cref="DisplayUnavailableException">No compositor listens there, or it does not answer.</exception>
    public static async Task<WaylandConnection> OpenAsync(string socketPath, CancellationToken cancellationToken)
    {
        WaylandConnection connection;
        try
        {
            connection = new WaylandConnection(WaylandSocket.Connect(socketPath, AnswerDeadline), socketPath);
        }
        catch (SocketException exception)
        {
            throw new DisplayUnavailableException($"No Wayland compositor answers at {socketPath} ({exception.Message}).", exception);
        }

        try
        {
            await connection.RoundtripAsync(cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="PlatformException">The connection has ended.</exception>
    public void Send(WaylandObject sender, ushort opcode, ReadOnlySpan<Argument> arguments)
    {
        if (ended.Task.IsCompleted) throw Fresh(ended.Task.Result);
        try
        {
            // New ids must reach the compositor in the order in which they were taken, so both happen under one lock.
            lock (sending)
            {
                encoder.Encode(sender.Id, opcode, arguments, objects.Add);
                socket.Send(encoder.Bytes, CollectionsMarshal.AsSpan(encoder.Descriptors));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            End(new DisplayUnavailableException($"The Wayland compositor at {SocketPath} is gone ({exception.Message}).", exception));
            throw Fresh(ended.Task.Result);
        }
    }

    /// <summary>Returns when the compositor has handled every request sent before, and every event that they caused has been dispatched.</summary>
    public Task RoundtripAsync(CancellationToken cancellationToken) => ReplyAsync(Display.Sync().Done, cancellationToken);

    /// <summary>Waits for an event that is due.</summary>
    /// <exception cref="DisplayUnavailableException">The connection ended, or nothing came within <see cref="AnswerDeadline"/>.</exception>
    /// <exception cref="ActionFailedException">The compositor closed the connection with a protocol error.</exception>
    public async Task<T> ReplyAsync<T>(Task<T> reply, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(reply, ended.Task, Task.Delay(AnswerDeadline, deadline.Token));
        await deadline.CancelAsync();
        if (first == reply) return await reply;
        cancellationToken.ThrowIfCancellationRequested();
        if (first == ended.Task) throw Fresh(await ended.Task);

        End(new DisplayUnavailableException(
            $"The Wayland compositor at {SocketPath} (pid {CompositorProcessId}) does not answer within {AnswerDeadline.TotalSeconds:0} s."));
        throw Fresh(await ended.Task);
    }

    /// <summary>Puts an object that the compositor created (an id in an event) under dispatch.</summary>
    public void Adopt(WaylandObject created, uint id) => objects.Adopt(created, id);

    internal void Forget(uint id) => objects.Remove(id);

    internal void ProtocolError(WaylandObject? culprit, uint code, string message) => End(new ActionFailedException(
        $"The compositor ended the connection: {message} (error {code} on {culprit?.GetType().Name ?? "an unknown object"})."));

    internal WaylandObject? Find(uint id) => objects.Find(id);

    public void Dispose() => End(new DisplayUnavailableException("The connection to the compositor was closed."));

    void Read()
    {
        var buffer = new byte[128 * 1024];
        var descriptors = new Queue<SafeFileHandle>();
        var filled = 0;
        try
        {
            while (socket.Receive(buffer.AsSpan(filled), descriptors) is > 0 and var count)
            {
                filled += count;
                var handled = Dispatch(buffer.AsSpan(0, filled), descriptors);
                buffer.AsSpan(handled, filled - handled).CopyTo(buffer);
                filled -= handled;
            }

            End(new DisplayUnavailableException($"The Wayland compositor at {SocketPath} has ended."));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            End(new DisplayUnavailableException($"The connection to the Wayland compositor at {SocketPath} broke ({exception.Message}).", exception));
        }
        catch (PlatformException exception)
        {
            End(exception);
        }
        catch (Exception exception)
        {
            End(new ActionFailedException($"An event of the compositor at {SocketPath} was not understood: {exception.Message}.", exception));
        }
        finally
        {
            foreach (var descriptor in descriptors) descriptor.Dispose();
            socket.Dispose();
        }
    }

    int Dispatch(ReadOnlySpan<byte> received, Queue<SafeFileHandle> descriptors)
    {
        var handled = 0;
        while (received.Length - handled >= 8)
        {
            var message = received[handled..];
            var word = MemoryMarshal.Read<uint>(message[4..]);
            var size = (int)(word >> 16);
            if (size < 8) throw new InvalidDataException("an event of less than 8 bytes");
            if (message.Length < size) break;

            var arguments = new EventReader(message[8..size], descriptors);
            objects.Find(MemoryMarshal.Read<uint>(message))?.OnEvent((ushort)word, ref arguments);
            handled += size;
        }

        return handled;
    }

    // The reader owns the socket's end of life: shutting it down wakes the reader, which disposes it.
    void End(PlatformException reason)
    {
        if (ended.TrySetResult(reason)) socket.Shutdown();
    }

    // One exception object thrown by several callers would mix their stack traces.
    static PlatformException Fresh(PlatformException reason) => reason is DisplayUnavailableException
        ? new DisplayUnavailableException(reason.Message, reason)
        : new ActionFailedException(reason.Message, reason);
}
