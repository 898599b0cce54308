using Sophon.Gateway.Accounts;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Pairing;

/// <summary>What a poll is answered with.</summary>
abstract record PairOutcome
{
    public sealed record Answered(PairResponse Response) : PairOutcome;

    /// <summary>Unknown id, wrong secret or dead secret: one and the same 401.</summary>
    public sealed record Refused : PairOutcome;

    /// <summary>429: this address has failed too often.</summary>
    public sealed record TooMany(TimeSpan Wait) : PairOutcome;
}

/// <summary>Registers nodes and answers their polls.</summary>
sealed class PairingService(NodeDirectory directory, FailedAttempts failures, AuditLog audit, TimeProvider time, ILogger<PairingService> logger)
{
    public async Task<(NodeRecord Node, string Secret)> RegisterAsync(Caller by, string displayName, string platform)
    {
        var now = time.GetUtcNow();
        var secret = PairingCredentials.NewSecret();
        var node = new NodeRecord
        {
            Id = PairingCredentials.NewNodeId(),
            DisplayName = displayName,
            Platform = platform,
            CreatedAt = now,
            Stage = NodeStage.Waiting,
            SecretHash = NodeToken.HashOf(secret),
            PairingCode = PairingCredentials.NewCode(),
            SecretExpiresAt = now + PairingProcess.SecretLifetime,
        };
        await directory.AddAsync(node, db => audit.Add(db, by, AuditAction.NodeRegistered, $"{displayName}, {platform}", node.Id));
        return (node, secret);
    }

    /// <returns>Null when there is no such node.</returns>
    public async Task<(NodeRecord Node, string Secret)?> RegenerateAsync(Caller by, string nodeId)
    {
        var secret = PairingCredentials.NewSecret();
        var node = await directory.ChangeAsync(nodeId, node => PairingProcess.Regenerate(node, secret, PairingCredentials.NewCode(), time.GetUtcNow()),
            (db, _, _) => audit.Add(db, by, AuditAction.NodeRegenerated, nodeId: nodeId));
        failures.Forget(nodeId);
        return node is null ? null : (node, secret);
    }

    /// <param name="gatewayUrl">What an approved Node is told to connect to.</param>
    public async Task<PairOutcome> PollAsync(PairRequest request, string address, string gatewayUrl)
    {
        var nodeId = request.NodeId ?? "";
        switch (PairingProcess.Match(directory.Find(nodeId), request.PairingSecret))
        {
            case SecretMatch.Current when failures.IsDead(nodeId):
            case SecretMatch.None:
                return Refuse(nodeId, address);
            case SecretMatch.Superseded:
                return new PairOutcome.Answered(new PairResponse(PairStatus.Expired));
        }

        PairResponse? answer = null;
        var facts = new ClaimFacts
        {
            HostName = Clean(request.HostName),
            UserName = Clean(request.UserName),
            Platform = Clean(request.Platform),
            OsDescription = Clean(request.OsDescription),
            NodeVersion = Clean(request.NodeVersion),
            Address = address,
        };
        await directory.ChangeAsync(nodeId, node =>
        {
            // The secret may have been replaced while this poll waited for its turn.
            if (PairingProcess.Match(node, request.PairingSecret) != SecretMatch.Current) return node;
            (var next, answer) = PairingProcess.Poll(node, request.ClientNonce, facts, gatewayUrl, () => NodeToken.Create(nodeId), time.GetUtcNow());
            return next;
        });
        return new PairOutcome.Answered(answer ?? new PairResponse(PairStatus.Expired));
    }

    PairOutcome Refuse(string nodeId, string address)
    {
        var node = directory.Find(nodeId);
        var (wait, idDies) = failures.Add(address, nodeId, node?.WrongSecrets ?? 0);
        if (idDies)
        {
            logger.LogWarning("Too many wrong pairing secrets for one id, the last from {Address}; its secret is dead until a new one is made", address);
        }

        // Not awaited: an unknown id has nothing to write, and must not answer faster.
        if (node is { SecretDead: false }) _ = CountAsync(nodeId, node.SecretHash, idDies);

        return wait is { } delay ? new PairOutcome.TooMany(delay) : new PairOutcome.Refused();
    }

    async Task CountAsync(string nodeId, string secretHash, bool dies)
    {
        try
        {
            await directory.ChangeAsync(nodeId, node => node.SecretHash == secretHash ? node with { WrongSecrets = node.WrongSecrets + 1, SecretDead = node.SecretDead || dies } : node);
        }
        catch (StoreException error)
        {
            logger.LogError(error, "A wrong pairing secret could not be recorded");
        }
    }

    /// <summary>Facts are shown to people: short, and on one line.</summary>
    static string? Clean(string? fact)
    {
        var line = fact is null ? "" : string.Concat(fact.Where(c => !char.IsControl(c)).Take(200)).Trim();
        return line.Length == 0 ? null : line;
    }
}
