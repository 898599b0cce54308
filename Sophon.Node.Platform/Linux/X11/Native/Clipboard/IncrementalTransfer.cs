using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Hands a large text over in pieces (ICCCM 2.7.2, INCR): the next one follows when the requestor has deleted the last.</summary>
static class IncrementalTransfer
{
    /// <summary>Bytes of one piece; what is not larger goes in one. Every server takes requests of this size.</summary>
    public const int ChunkBytes = 240 * 1024;

    /// <summary>A requestor that does not read on within this has given up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Announces the transfer; the pieces follow while the requestor reads.</summary>
    /// <exception cref="X11ErrorException">The requestor is gone.</exception>
    public static async Task StartAsync(X11Session session, uint requestor, uint property, uint type, byte[] text, CancellationToken cancellationToken)
    {
        var deletions = session.Connection.Listen(happened => happened is PropertyNotify { Deleted: true } gone && gone.Window == requestor && gone.Property == property);
        var wish = EventSelection.Of(session).Want(requestor, EventMask.PropertyChange);
        try
        {
            await session.Connection.SendAsync([ChangeProperty.Words(requestor, property, session[XAtom.INCR], (uint)text.Length)], cancellationToken);
        }
        catch
        {
            Stop();
            throw;
        }

        _ = FeedAsync();

        async Task FeedAsync()
        {
            try
            {
                // The last piece is empty: it says that this was all.
                for (var at = 0; ; at += ChunkBytes)
                {
                    if (await deletions.NextWithinAsync(Patience, cancellationToken) is null) return;
                    var piece = at < text.Length ? text.AsMemory(at, Math.Min(ChunkBytes, text.Length - at)) : ReadOnlyMemory<byte>.Empty;
                    await session.Connection.SendAsync([new ChangeProperty(requestor, property, type, 8, piece)], cancellationToken);
                    if (piece.IsEmpty) return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or PlatformException)
            {
                // The requestor or the server is gone.
            }
            finally
            {
                Stop();
            }
        }

        void Stop()
        {
            wish.Dispose();
            deletions.Dispose();
        }
    }
}
