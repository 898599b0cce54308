using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Actors.Pairing;

/// <summary>One poll of <c>POST /api/nodes/me/pair</c>.</summary>
public interface IPairingClient
{
    /// <summary>Never throws but for cancellation: what went wrong is a <see cref="PairPoll"/>.</summary>
    Task<PairPoll> PollAsync(Uri gatewayUrl, PairRequest request, CancellationToken cancellationToken);
}

/// <summary>What a poll brought: an answer, a refusal or a failure to reach the Gateway.</summary>
/// <param name="ClockDifference">Our clock minus the Gateway's <c>Date</c>; null when it sent none.</param>
public abstract record PairPoll(TimeSpan? ClockDifference)
{
    /// <summary>200 with a known status.</summary>
    public sealed record Answered(PairResponse Response, TimeSpan? ClockDifference) : PairPoll(ClockDifference);

    /// <summary>Asked to wait (429, 503 or slowDown).</summary>
    public sealed record ToldToWait(TimeSpan Delay, TimeSpan? ClockDifference) : PairPoll(ClockDifference);

    /// <summary>Ends pairing, unless it is <see cref="PairingFailure.Unreachable"/> and the Gateway has answered before.</summary>
    public sealed record Failed(PairingFailure Failure, string Message, TimeSpan? ClockDifference) : PairPoll(ClockDifference);
}
