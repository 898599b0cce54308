namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Waits for what the server makes of one request, or of a batch.</summary>
abstract class Completion
{
    /// <summary>Called on the reader: decodes at once, because the message's buffer is used again.</summary>
    public abstract void Reply(ReadOnlySpan<byte> message);

    public abstract void Fail(Exception exception);
}

/// <summary>One request with a reply.</summary>
sealed class ReplyCompletion<TReply>(Request<TReply> request) : Completion
{
    // Continuations never run on the reader: one that blocked there would wait for itself.
    readonly TaskCompletionSource<TReply> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TReply> Task => source.Task;

    public override void Reply(ReadOnlySpan<byte> message)
    {
        try
        {
            source.TrySetResult(request.Read(new MessageReader(message)));
        }
        catch (InvalidDataException e)
        {
            source.TrySetException(e);
        }
    }

    public override void Fail(Exception exception) => source.TrySetException(exception);
}

/// <summary>Requests without replies, closed by one that has a reply: done when that comes, failed by the first error among them.</summary>
sealed class BatchCompletion : Completion
{
    readonly TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => source.Task;

    public override void Reply(ReadOnlySpan<byte> message) => source.TrySetResult();

    public override void Fail(Exception exception) => source.TrySetException(exception);
}
