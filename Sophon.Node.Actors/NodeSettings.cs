namespace Sophon.Node.Actors;

/// <summary>The settings that the tree reads, from <c>sophon.node { … }</c> in hocon/reference.conf under the user's node.conf.</summary>
public sealed record NodeSettings
{
    public PairingSettings Pairing { get; init; } = new();

    public GatewaySettings Gateway { get; init; } = new();

    public HeartbeatSettings Heartbeat { get; init; } = new();

    public CommandSettings Commands { get; init; } = new();

    public JournalSettings Journal { get; init; } = new();

    public WatchdogSettings Watchdog { get; init; } = new();

    public ConsentSettings Consent { get; init; } = new();
}

/// <param name="PollInterval">Between polls (3 s is public).</param>
/// <param name="UnreachableFor">How long a Gateway that has answered before may stay away before pairing gives up.</param>
public sealed record PairingSettings(TimeSpan PollInterval, TimeSpan RequestTimeout, TimeSpan UnreachableFor)
{
    public PairingSettings() : this(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)) { }
}

/// <param name="TokenInQuery">Send the token as <c>access_token</c> in the query too, for a Gateway that refuses the header.</param>
/// <param name="ConnectTimeout">From DNS to the hub's handshake.</param>
/// <param name="KeepAliveInterval">Between pings of the hub and of the WebSocket.</param>
/// <param name="ServerTimeout">Silence after which the connection counts as dead.</param>
/// <param name="FirstRetryWithin">The first retry is uniform in 0 to this.</param>
/// <param name="RetryCap">Longest wait between two retries.</param>
/// <param name="TrustGatewayScopes">For a Gateway that never sends UpdateScopes; never covers system.execute.</param>
public sealed record GatewaySettings(
    bool TokenInQuery, TimeSpan ConnectTimeout, TimeSpan KeepAliveInterval, TimeSpan ServerTimeout,
    TimeSpan FirstRetryWithin, TimeSpan RetryCap, bool TrustGatewayScopes)
{
    public GatewaySettings() : this(
        false, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), false)
    { }
}

/// <param name="Interval">Between heartbeats (30 s is public).</param>
/// <param name="SilenceLimit">Without an acknowledged heartbeat for this long the connection is restarted.</param>
public sealed record HeartbeatSettings(TimeSpan Interval, TimeSpan SilenceLimit)
{
    public HeartbeatSettings() : this(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)) { }
}

/// <param name="QueueLimit">Commands per device, the running one included; past it they are answered busy.</param>
/// <param name="RememberedIds">How many answered commandIds are kept to answer duplicates.</param>
/// <param name="DrainTimeout">How long running commands may take to end when the Node stops.</param>
/// <param name="KillGrace">After a deadline, how long a platform call may take to end before its device is restarted.</param>
public sealed record CommandSettings(int QueueLimit, int RememberedIds, TimeSpan DrainTimeout, TimeSpan KillGrace)
{
    public CommandSettings() : this(1_024, 10_000, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(10)) { }
}

/// <param name="RememberedFor">How long an answered commandId is kept to tell a repetition.</param>
/// <param name="ResultsKeptFor">How long a result waits for a Gateway that does not acknowledge it.</param>
/// <param name="Sync">Wait for the disk after each record, so that it outlives a power cut too.</param>
public sealed record JournalSettings(TimeSpan RememberedFor, TimeSpan ResultsKeptFor, bool Sync)
{
    public JournalSettings() : this(TimeSpan.FromHours(24), TimeSpan.FromDays(7), false) { }
}

/// <param name="Interval">Between two round trips through the tree.</param>
/// <param name="Limit">A round trip that takes longer ends the program.</param>
public sealed record WatchdogSettings(TimeSpan Interval, TimeSpan Limit)
{
    public WatchdogSettings() : this(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)) { }
}

/// <param name="AnswerWithin">How long a question stays on the screen; then the command is denied.</param>
/// <param name="QueueLimit">Commands that wait for the person's answer, the one on the screen included; past it they are answered busy.</param>
public sealed record ConsentSettings(TimeSpan AnswerWithin, int QueueLimit)
{
    public ConsentSettings() : this(TimeSpan.FromSeconds(60), 8) { }
}
