namespace Sophon.Node.Actors.Policy.Grants;

/// <summary>
/// A permission to run programs for a while. Two clocks bound it: it ends when the wall clock has passed <see cref="ExpiresAt"/> and when its
/// duration has gone by on the monotonic clock, whichever comes first. So no step of the wall clock extends it; a step back behind its beginning,
/// and a restart of the machine (which starts the monotonic clock anew), end it.
/// </summary>
/// <param name="Id">Eight hexadecimal digits, for <c>grants revoke</c>.</param>
/// <param name="CreatedAt">Wall clock.</param>
/// <param name="CreatedTicks">Monotonic clock, milliseconds since a moment that <paramref name="Boot"/> names.</param>
/// <param name="Boot">Which start of the machine the monotonic clock counts from.</param>
/// <param name="Program">A pattern over the program's full path; null covers every program.</param>
/// <param name="Digest">The one exact call that it covers (<see cref="ProgramCall.Digest"/>); null when it is not bound to one.</param>
/// <param name="By">Who gave it: <c>cli user</c> or <c>dialog</c>.</param>
public sealed record Grant(
    string Id, DateTimeOffset CreatedAt, TimeSpan Duration, long CreatedTicks, string Boot, string? Program, string? Digest, string By)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Two clocks are never read at the same moment; less than this behind the beginning is no step.</summary>
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public DateTimeOffset ExpiresAt => CreatedAt + Duration;

    public static Grant Create(MachineClock clock, TimeSpan duration, string? program, string? digest, string by) =>
        new(Guid.NewGuid().ToString("N")[..8], clock.Now, duration, clock.Ticks, clock.Boot, program, digest, by);

    /// <summary>Zero when it is over.</summary>
    public TimeSpan Remaining(MachineClock clock)
    {
        var elapsed = TimeSpan.FromMilliseconds(clock.Ticks - CreatedTicks);
        if (Boot != clock.Boot || elapsed < TimeSpan.Zero || clock.Now < CreatedAt - Tolerance || Duration > Longest) return TimeSpan.Zero;
        var left = Duration - elapsed < ExpiresAt - clock.Now ? Duration - elapsed : ExpiresAt - clock.Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public bool Covers(ProgramCall call, MachineClock clock) =>
        Remaining(clock) > TimeSpan.Zero
        && (Program is null || (call.FullPath is { } path && new Pattern(Program).Allows(path)))
        && (Digest is null || Digest == call.Digest());
}

/// <summary>Both clocks at one moment.</summary>
/// <param name="Ticks">Monotonic milliseconds, the same for every process.</param>
/// <param name="Boot">Names the start of the machine that <paramref name="Ticks"/> counts from; empty where the system has no name for it.</param>
public readonly record struct MachineClock(DateTimeOffset Now, long Ticks, string Boot);
