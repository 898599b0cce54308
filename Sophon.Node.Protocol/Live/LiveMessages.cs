namespace Sophon.Node.Protocol.Live;

/// <summary>A text message of a live view: why there are no frames, or that there are some again.</summary>
/// <param name="State">One of <see cref="LiveStates"/>.</param>
/// <param name="Message">Words for a person; null when it runs.</param>
public sealed record LiveStatus(string State, string? Message = null);

/// <summary>Gateway → Node: some viewer has been sent everything up to this frame, so the next one is wanted.</summary>
public sealed record LiveTaken(uint Taken);

public static class LiveStates
{
    /// <summary>Asked for; no frame has come yet.</summary>
    public const string Starting = "starting";

    public const string Running = "running";

    /// <summary>The person at the machine has paused the Node.</summary>
    public const string Paused = "paused";

    /// <summary>Scope or policy is against it.</summary>
    public const string Denied = "denied";

    /// <summary>The Node's screen can't be read now.</summary>
    public const string Unavailable = "unavailable";

    public const string Offline = "offline";

    /// <summary>The Node is too old.</summary>
    public const string Unsupported = "unsupported";
}
