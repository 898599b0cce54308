using Sophon.Gateway.Nodes;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Pairing;

public class PairingProcessSpecs
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly ClaimFacts Facts = new() { HostName = "host", Address = "10.0.0.1" };

    static NodeRecord Registered(string secret = "s_1") => new()
    {
        Id = "abc123",
        DisplayName = "Office PC",
        Platform = "linux",
        CreatedAt = Start,
        Stage = NodeStage.Waiting,
        SecretHash = NodeToken.HashOf(secret),
        PairingCode = "BCD-123",
        SecretExpiresAt = Start + PairingProcess.SecretLifetime,
    };

    static (NodeRecord Node, PairResponse Answer) Poll(NodeRecord node, double minutes, string? nonce = "n1", ClaimFacts? facts = null) =>
        PairingProcess.Poll(node, nonce, facts ?? Facts, "https://gw.example.com", () => NodeToken.Create(node.Id), Start.AddMinutes(minutes));

    static NodeRecord Approve(NodeRecord node, double minutes, string? factsHash = null) =>
        PairingProcess.Approve(node, ["screen.capture"], null, factsHash, Start.AddMinutes(minutes));

    static NodeState StateOf(NodeRecord node, double minutes) => NodeStates.Of(node, online: false, Start.AddMinutes(minutes));

    static string CodeOf(Action step) => Assert.Throws<ProblemException>(step).Problem.Code;

    [Fact]
    public void Pairing_should_go_from_waiting_to_pending_to_approved_to_active()
    {
        var node = Registered();
        Assert.Equal(NodeState.Waiting, StateOf(node, 0));

        (node, var answer) = Poll(node, 1);
        Assert.Equal((PairStatus.Pending, "BCD-123", NodeState.Pending), (answer.Status, answer.PairingCode, StateOf(node, 1)));
        Assert.Equal((Facts, Start.AddMinutes(1)), (node.Facts, node.ClaimedAt));

        node = Approve(node, 2);
        Assert.Equal(NodeState.Approved, StateOf(node, 2));
        (node, answer) = Poll(node, 3);
        Assert.Equal((PairStatus.Approved, "https://gw.example.com"), (answer.Status, answer.GatewayUrl));
        Assert.True(NodeToken.TryParse(answer.Token, out var token));
        Assert.True(NodeToken.Matches(token.Secret, node.TokenHash!));

        node = PairingProcess.Activate(node);
        Assert.Equal(PairStatus.Expired, Poll(node, 4).Answer.Status);
        Assert.Equal(NodeState.Offline, StateOf(node, 60));
        Assert.Equal(NodeState.Online, NodeStates.Of(node, online: true, Start.AddMinutes(60)));
    }

    [Fact]
    public void Same_poll_again_should_change_nothing()
    {
        var (node, _) = Poll(Registered(), 1);
        Assert.Same(node, Poll(node, 2).Node);
    }

    [Fact]
    public void Token_should_be_rotated_at_each_fetch_until_it_was_used()
    {
        var node = Approve(Poll(Registered(), 1).Node, 2);
        (node, var first) = Poll(node, 3);
        (node, var second) = Poll(node, 3);
        Assert.NotEqual(first.Token, second.Token);
        Assert.True(NodeToken.TryParse(first.Token, out var old));
        Assert.False(NodeToken.Matches(old.Secret, node.TokenHash!));
    }

    [Theory]
    [InlineData(14.9, PairStatus.Pending, NodeState.Pending)]
    [InlineData(15, PairStatus.Expired, NodeState.Expired)]
    public void Secret_should_count_for_fifteen_minutes(double minutes, string status, NodeState state)
    {
        var (node, _) = Poll(Registered(), 1);
        Assert.Equal(status, Poll(node, minutes).Answer.Status);
        Assert.Equal(state, StateOf(node, minutes));
    }

    [Theory]
    [InlineData(14.5, 16.4, PairStatus.Approved)]
    [InlineData(14.5, 16.6, PairStatus.Expired)]
    [InlineData(2, 14.9, PairStatus.Approved)]
    [InlineData(2, 15.1, PairStatus.Expired)]
    public void Approval_should_leave_two_minutes_to_fetch_the_token(double approvedAt, double fetchedAt, string status)
    {
        var node = Approve(Poll(Registered(), 1).Node, approvedAt);
        Assert.Equal(status, Poll(node, fetchedAt).Answer.Status);
    }

    [Fact]
    public void Approved_node_whose_token_was_never_fetched_should_be_expired_in_the_end()
    {
        var approved = Approve(Poll(Registered(), 1).Node, 2);
        Assert.Equal(NodeState.Expired, StateOf(approved, 20));
        Assert.Equal(NodeState.Approved, StateOf(Poll(approved, 3).Node, 20));
    }

    [Theory]
    [InlineData("n1", "n2")]
    [InlineData("n1", null)]
    [InlineData(null, "n2")]
    public void Second_claimant_should_be_refused_and_recorded(string? first, string? second)
    {
        var (node, _) = Poll(Registered(), 1, first);
        var intruder = Facts with { Address = "10.6.6.6" };

        (node, var refused) = Poll(node, 2, second, intruder);
        Assert.Equal(PairStatus.Rejected, refused.Status);
        Assert.Equal((1, "10.6.6.6", Facts), (node.OtherClaims, node.OtherClaimAddress, node.Facts));

        node = Approve(node, 3);
        Assert.Null(Poll(node, 4, second, intruder).Answer.Token);
        Assert.NotNull(Poll(node, 4, first).Answer.Token);
    }

    [Fact]
    public void Claimant_without_a_nonce_should_be_served()
    {
        var (node, _) = Poll(Registered(), 1, null);
        Assert.NotNull(Poll(Approve(node, 2), 3, null).Answer.Token);
    }

    [Fact]
    public void Approval_should_count_only_for_the_facts_that_were_seen()
    {
        var (node, _) = Poll(Registered(), 1);
        var seen = FactsHash.Of(node);
        (node, _) = Poll(node, 2, "n1", Facts with { HostName = "other" });

        Assert.Equal(ProblemCodes.FactsChanged, CodeOf(() => Approve(node, 3, seen)));
        Assert.Equal(NodeStage.Approved, Approve(node, 3, FactsHash.Of(node)).Stage);
    }

    [Fact]
    public void Approval_should_be_refused_when_nothing_is_pending()
    {
        Assert.Equal(ProblemCodes.WrongState, CodeOf(() => Approve(Registered(), 1)));
        var (pending, _) = Poll(Registered(), 1);
        Assert.Equal(ProblemCodes.WrongState, CodeOf(() => Approve(pending, 15)));
        Assert.Equal(ProblemCodes.WrongState, CodeOf(() => Approve(Approve(pending, 2), 2)));
        Assert.Equal(ProblemCodes.WrongState, CodeOf(() => Approve(PairingProcess.Reject(pending, null), 2)));
    }

    [Fact]
    public void Rejection_should_be_told_with_its_reason()
    {
        var (node, _) = Poll(Registered(), 1);
        var answer = Poll(PairingProcess.Reject(node, "not ours"), 2).Answer;
        Assert.Equal((PairStatus.Rejected, "not ours"), (answer.Status, answer.Reason));
    }

    [Fact]
    public void Regenerated_secret_should_start_over_and_supersede_the_old_one()
    {
        var (pending, _) = Poll(Registered("s_old") with { SecretDead = true }, 1);
        var node = PairingProcess.Regenerate(pending, "s_new", "XYZ-789", Start.AddMinutes(20));

        Assert.Equal(SecretMatch.Superseded, PairingProcess.Match(node, "s_old"));
        Assert.Equal(SecretMatch.Current, PairingProcess.Match(node, "s_new"));
        Assert.Equal(SecretMatch.None, PairingProcess.Match(node, "s_other"));
        Assert.Equal(NodeState.Waiting, StateOf(node, 21));
        var answer = Poll(node, 21, "n2").Answer;
        Assert.Equal((PairStatus.Pending, "XYZ-789"), (answer.Status, answer.PairingCode));
    }

    [Fact]
    public void Regenerating_should_be_refused_for_a_node_in_use_and_allowed_after_a_revocation()
    {
        var active = PairingProcess.Activate(Approve(Poll(Registered(), 1).Node, 2));
        Assert.Equal(ProblemCodes.WrongState, CodeOf(() => PairingProcess.Regenerate(active, "s_2", "XYZ-789", Start)));
        Assert.Equal(NodeStage.Waiting, PairingProcess.Regenerate(PairingProcess.Revoke(active), "s_2", "XYZ-789", Start).Stage);
        Assert.Equal(ProblemCodes.WrongState, CodeOf(() => PairingProcess.Revoke(Registered())));
    }

    [Fact]
    public void Dead_secret_and_unknown_node_should_match_nothing()
    {
        Assert.Equal(SecretMatch.None, PairingProcess.Match(Registered("s_1") with { SecretDead = true }, "s_1"));
        Assert.Equal(SecretMatch.None, PairingProcess.Match(null, "s_1"));
        Assert.Equal(SecretMatch.None, PairingProcess.Match(Registered("s_1"), null));
    }
}
