namespace Sophon.Gateway.Hub;

/// <summary>
/// Counts the WebSocket requests of Nodes. SignalR answers a send when the message is in its buffer; only the end of the
/// request tells that the socket has sent it and is closed.
/// </summary>
sealed class OpenSockets
{
    readonly Lock gate = new();
    readonly HashSet<TaskCompletionSource> open = [];

    /// <summary>Middleware.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) open.Add(request);
        try
        {
            await next(context);
        }
        finally
        {
            lock (gate) open.Remove(request);
            request.SetResult();
        }
    }

    /// <summary>Completes when those that are open now have ended.</summary>
    public Task EndedAsync()
    {
        lock (gate) return Task.WhenAll(open.Select(request => request.Task).ToList());
    }
}
