using System.Security.Cryptography;
using System.Text;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Pairing;

/// <summary>
/// The states of a pairing and what moves between them; docs/protocol.md draws them.
/// Every step takes a node and answers the node as it is then, so nothing here needs a clock, a store or a request.
/// </summary>
static class PairingProcess
{
    /// <summary>How long a pairing secret counts (public).</summary>
    public static readonly TimeSpan SecretLifetime = TimeSpan.FromMinutes(15);

    /// <summary>An approval leaves at least this long to fetch the token.</summary>
    public static readonly TimeSpan FetchTime = TimeSpan.FromMinutes(2);

    const int RememberedSecrets = 10;

    /// <summary>Until when the current secret can be used.</summary>
    public static DateTimeOffset Deadline(NodeRecord node) =>
        node is { Stage: NodeStage.Approved, ApprovedAt: { } approved } && approved + FetchTime > node.SecretExpiresAt
            ? approved + FetchTime
            : node.SecretExpiresAt;

    public static bool IsOpen(NodeRecord node) => node.Stage is NodeStage.Waiting or NodeStage.Pending or NodeStage.Approved;

    /// <summary>True when the secret ran out before a token was fetched.</summary>
    public static bool IsExpired(NodeRecord node, DateTimeOffset now) =>
        now >= Deadline(node) && (node.Stage is NodeStage.Waiting or NodeStage.Pending || node is { Stage: NodeStage.Approved, TokenHash: null });

    /// <summary>Which of a node's secrets the claimant presented. Takes the same time whatever it finds, for a missing node too.</summary>
    public static SecretMatch Match(NodeRecord? node, string? secret)
    {
        var presented = Encoding.ASCII.GetBytes(NodeToken.HashOf(secret ?? ""));
        var current = Same(presented, node?.SecretHash);
        var superseded = false;
        for (var older = 0; older < RememberedSecrets; older++) superseded |= Same(presented, node?.SupersededHashes.ElementAtOrDefault(older));
        return current && node is { SecretDead: false } ? SecretMatch.Current : superseded ? SecretMatch.Superseded : SecretMatch.None;
    }

    static bool Same(byte[] presented, string? hash) => CryptographicOperations.FixedTimeEquals(presented, Encoding.ASCII.GetBytes(hash ?? NoHash));

    static readonly string NoHash = new('0', 64);

    /// <summary>Answers a poll whose secret is the current one.</summary>
    /// <param name="newToken">Is called only when a token is handed out.</param>
    public static (NodeRecord Node, PairResponse Answer) Poll(
        NodeRecord node, string? clientNonce, ClaimFacts facts, string gatewayUrl, Func<NodeToken> newToken, DateTimeOffset now)
    {
        if (node.Stage == NodeStage.Rejected) return (node, new PairResponse(PairStatus.Rejected, Reason: node.RejectReason));
        if (!IsOpen(node) || now >= Deadline(node)) return (node, new PairResponse(PairStatus.Expired));

        var claim = string.IsNullOrEmpty(clientNonce) ? "" : NodeToken.HashOf(clientNonce);
        if (node.ClaimHash is { } first && first != claim) return (OtherClaim(node, facts, now), SecondClaimantAnswer);

        if (node.Stage == NodeStage.Approved)
        {
            var token = newToken();
            return (node with { TokenHash = NodeToken.HashOf(token.Secret) },
                new PairResponse(PairStatus.Approved, Token: token.Reveal(), GatewayUrl: gatewayUrl));
        }

        var unchanged = node.Stage == NodeStage.Pending && node.Facts == facts;
        var claimed = unchanged ? node : node with
        {
            Stage = NodeStage.Pending,
            ClaimHash = claim,
            ClaimedAt = node.ClaimedAt ?? now,
            Facts = facts,
            Version = facts.NodeVersion ?? node.Version,
        };
        return (claimed, new PairResponse(PairStatus.Pending, PairingCode: node.PairingCode));
    }

    static readonly PairResponse SecondClaimantAnswer = new(
        PairStatus.Rejected, Reason: "this pairing secret is already in use by another run of pair; generate a new secret and use that one", Code: PairCodes.ClaimedElsewhere);

    static NodeRecord OtherClaim(NodeRecord node, ClaimFacts facts, DateTimeOffset now) =>
        node with { OtherClaims = node.OtherClaims + 1, OtherClaimAt = now, OtherClaimAddress = facts.Address };

    /// <param name="factsHash">Of the facts that the approver saw; null skips the comparison.</param>
    /// <exception cref="ProblemException">The node isn't pending, or its facts changed.</exception>
    public static NodeRecord Approve(NodeRecord node, IReadOnlyList<string> scopes, string? displayName, string? factsHash, DateTimeOffset now)
    {
        if (node.Stage == NodeStage.Waiting && !IsExpired(node, now))
            throw Wrong($"{node.Id} is still waiting: no machine has presented its pairing secret yet. Run the pair command on the machine first.");
        if (IsExpired(node, now))
            throw Wrong($"The pairing secret of {node.Id} has expired; make a new one and run pair again.");
        if (node.Stage != NodeStage.Pending)
            throw Wrong($"{node.Id} is {node.Stage.ToString().ToLowerInvariant()}, not pending: there is nothing to approve.");
        if (factsHash is not null && factsHash != FactsHash.Of(node))
            throw new ProblemException(Problem.Conflict(ProblemCodes.FactsChanged, $"What the machine says of itself changed since it was looked at; look at {node.Id} again, then approve."));

        return node with { Stage = NodeStage.Approved, ApprovedAt = now, Scopes = [.. scopes], DisplayName = displayName ?? node.DisplayName, TokenHash = null };
    }

    /// <exception cref="ProblemException">There is no pairing to reject.</exception>
    public static NodeRecord Reject(NodeRecord node, string? reason) => node.Stage switch
    {
        NodeStage.Waiting or NodeStage.Pending => node with { Stage = NodeStage.Rejected, RejectReason = reason },
        _ => throw Wrong($"{node.Id} is {node.Stage.ToString().ToLowerInvariant()}, not pending: there is nothing to reject. Revoke it to take its access away."),
    };

    /// <summary>Starts over with a new secret; the old one answers expired from now on.</summary>
    /// <exception cref="ProblemException">The node is in use.</exception>
    public static NodeRecord Regenerate(NodeRecord node, string secret, string code, DateTimeOffset now) => node.Stage == NodeStage.Active
        ? throw Wrong($"{node.Id} is paired and in use; revoke it before it is paired again.")
        : node with
        {
            Stage = NodeStage.Waiting,
            SecretHash = NodeToken.HashOf(secret),
            SupersededHashes = [.. node.SupersededHashes.Append(node.SecretHash).TakeLast(RememberedSecrets)],
            SecretDead = false,
            WrongSecrets = 0,
            AuditHead = null,
            AuditCutAt = null,
            AuditCutTo = null,
            PairingCode = code,
            SecretExpiresAt = now + SecretLifetime,
            ClaimHash = null,
            ClaimedAt = null,
            Facts = null,
            OtherClaims = 0,
            OtherClaimAt = null,
            OtherClaimAddress = null,
            ApprovedAt = null,
            RejectReason = null,
            Scopes = [],
        };

    /// <exception cref="ProblemException">It has no access that could be taken away.</exception>
    public static NodeRecord Revoke(NodeRecord node) => node.Stage is NodeStage.Approved or NodeStage.Active
        ? node with { Stage = NodeStage.Revoked }
        : throw Wrong($"{node.Id} is {node.Stage.ToString().ToLowerInvariant()}: it has no access that could be revoked.");

    /// <summary>The token's first use on the hub ends the pairing for good.</summary>
    public static NodeRecord Activate(NodeRecord node) =>
        node.Stage == NodeStage.Approved ? node with { Stage = NodeStage.Active } : node;

    static ProblemException Wrong(string message) => new(Problem.Conflict(ProblemCodes.WrongState, message));
}

/// <summary>What a presented secret is to a node.</summary>
enum SecretMatch
{
    /// <summary>Wrong, or the node is unknown, or its secret is dead: all answer the same.</summary>
    None,
    Current,
    Superseded,
}
