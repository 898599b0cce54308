namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>What becomes of the bytes of one direction.</summary>
enum Passage
{
    Open,

    /// <summary>Nothing is read: the sender's window fills, and all of it comes later.</summary>
    Held,

    /// <summary>Read and gone, without a word: packets that a router drops.</summary>
    Swallowed,
}

/// <summary>A moment in the making of a connection to the hub.</summary>
enum Step
{
    None,

    /// <summary>The Gateway's answer to the first byte: of TLS, or of the negotiation.</summary>
    FirstAnswer,

    /// <summary>The answer to the WebSocket's request.</summary>
    Upgrade,

    /// <summary>The hub's answer to the handshake.</summary>
    Handshake,

    /// <summary>Everything after the handshake: scopes, pings, acknowledgements.</summary>
    AfterHandshake,

    /// <summary>Completions alone: the connection is alive, and nothing is acknowledged.</summary>
    Acknowledgement,
}

/// <summary>How a proxy lets traffic pass. May be changed at any time.</summary>
sealed class Weather
{
    volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Passage toGateway;
    Passage toNode;

    public Passage ToGateway
    {
        get => toGateway;
        set => Change(ref toGateway, value);
    }

    public Passage ToNode
    {
        get => toNode;
        set => Change(ref toNode, value);
    }

    /// <summary>From this step on, what the Gateway says is swallowed.</summary>
    public Step Hole { get; set; }

    /// <summary>Times that the hole has swallowed something.</summary>
    public int Swallowed => Volatile.Read(ref swallowed);

    /// <summary>Of each piece, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Bytes per second each way; 0 is no limit.</summary>
    public int Throttle { get; set; }

    int swallowed;

    public void Count() => Interlocked.Increment(ref swallowed);

    public void Both(Passage passage) => (ToGateway, ToNode) = (passage, passage);

    /// <summary>Until the direction is not held any more.</summary>
    public async Task WhileHeldAsync(bool toNode, CancellationToken cancellationToken)
    {
        for (var signal = changed; (toNode ? ToNode : ToGateway) == Passage.Held; signal = changed) await signal.Task.WaitAsync(cancellationToken);
    }

    void Change(ref Passage passage, Passage to)
    {
        passage = to;
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
