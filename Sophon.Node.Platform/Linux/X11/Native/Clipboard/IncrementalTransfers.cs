using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Hands large texts over in pieces (ICCCM 2.7.2, INCR): the next one follows when the requestor has deleted the last.</summary>
sealed class IncrementalTransfers : IDisposable
{
    /// <summary>Bytes of one piece; what is not larger goes in one. Every server takes requests of this size.</summary>
    public const int ChunkBytes = 240 * 1024;

    /// <summary>A requestor that does not read on within this has given up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly X11Session session;
    readonly CancellationTokenSource ended = new();
    readonly Lock gate = new();
    readonly Dictionary<(uint Requestor, uint Property), CancellationTokenSource> running = [];

    IncrementalTransfers(X11Session session) => this.session = session;

    public static IncrementalTransfers Of(X11Session session) => session.Part(own => new IncrementalTransfers(own));

    /// <summary>Announces the transfer; the pieces follow while the requestor reads.</summary>
    /// <exception cref="X11ErrorException">The requestor is gone.</exception>
    public async Task StartAsync(uint requestor, uint property, uint type, byte[] text)
    {
        var stop = Begin((requestor, property));
        // A window's end must be noticed: the server gives its id to the next client, which may ask for the same text.
        var events = session.Connection.Listen(happened => happened switch
        {
            PropertyNotify { Deleted: true } read => read.Window == requestor && read.Property == property,
            DestroyNotify gone => gone.Window == requestor,
            _ => false,
        });
        var wish = EventSelection.Of(session).Want(requestor, EventMask.PropertyChange | EventMask.StructureNotify);
        try
        {
            await session.Connection.SendAsync([ChangeProperty.Words(requestor, property, session[XAtom.INCR], (uint)text.Length)], stop.Token);
            _ = FeedAsync();
        }
        catch
        {
            End();
            throw;
        }

        async Task FeedAsync()
        {
            try
            {
                // The last piece is empty: it says that this was all.
                for (var at = 0; ; at += ChunkBytes)
                {
                    if (await events.NextWithinAsync(Patience, stop.Token) is not PropertyNotify) return;
                    var piece = at < text.Length ? text.AsMemory(at, Math.Min(ChunkBytes, text.Length - at)) : ReadOnlyMemory<byte>.Empty;
                    await session.Connection.SendAsync([new ChangeProperty(requestor, property, type, 8, piece)], stop.Token);
                    if (piece.IsEmpty) return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or PlatformException)
            {
                // The requestor or the server is gone, or it asked anew.
            }
            finally
            {
                End();
            }
        }

        void End()
        {
            wish.Dispose();
            events.Dispose();
            lock (gate)
            {
                if (running.GetValueOrDefault((requestor, property)) == stop) running.Remove((requestor, property));
            }

            stop.Dispose();
        }
    }

    public void Dispose() => ended.Cancel();

    // One who asks again for the same place wants no more of the last answer.
    CancellationTokenSource Begin((uint, uint) place)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
        lock (gate)
        {
            running.GetValueOrDefault(place)?.Cancel();
            return running[place] = stop;
        }
    }
}
