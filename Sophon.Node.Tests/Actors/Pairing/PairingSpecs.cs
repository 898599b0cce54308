using Akka.Actor;
using Akka.TestKit;
using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Protocol.Pairing;
using Xunit;
using static Sophon.Node.Actors.Pairing.PairingActorMessages;

namespace Sophon.Node.Tests.Actors.Pairing;

public sealed class PairingSpecs : NodeTreeSpec
{
    static readonly Uri Gateway8080 = new("http://127.0.0.1:8080");
    readonly TestProbe events;

    public PairingSpecs()
    {
        Identity = new(null);
        events = CreateTestProbe();
        Sys.EventStream.Subscribe(events, typeof(NodeEvents.INodeEvent));
    }

    static PairPoll.Answered Answer(PairResponse response, TimeSpan? skew = null) => new(response, skew);

    static PairPoll.Answered Pending(TimeSpan? skew = null) => Answer(new PairResponse(PairStatus.Pending, "ABC-123"), skew);

    static PairPoll.Failed Unreachable => new PairPoll.Failed(PairingFailure.Unreachable, "no route", null);

    void Pair(params PairPoll[] polls)
    {
        PairingClient.PollAsync(null!, null!, default).ReturnsForAnyArgs(polls[0], polls[1..]);
        Sys.ActorOf(NodeSupervisor.PairProps(Services()), "node").Tell(new StartPairing(Gateway8080, "abc123", "s_secret"));
    }

    [Fact]
    public void Approval_should_be_waited_for_and_the_token_stored()
    {
        Pair(Pending(), Pending(), Answer(new PairResponse(PairStatus.Approved, Token: "abc123.tokensecret", GatewayUrl: "https://elsewhere.example")));
        Assert.Equal("ABC-123", events.ExpectMsg<NodeEvents.WaitingForApproval>().PairingCode);
        events.ExpectMsg<NodeEvents.WaitingForApproval>();
        events.ExpectMsg<NodeEvents.Paired>();
        Assert.Equal(new NodeIdentity(Gateway8080, new NodeToken("abc123", "tokensecret")), Identity.Stored);
    }

    [Fact]
    public void Every_poll_of_one_run_should_carry_the_same_nonce_and_the_facts()
    {
        Pair(Pending(), Pending(), Answer(new PairResponse(PairStatus.Rejected)));
        events.FishForMessage(message => message is NodeEvents.PairingFailed);
        var requests = PairingClient.ReceivedCalls().Select(call => (PairRequest)call.GetArguments()[1]!).ToList();
        Assert.Equal(3, requests.Count);
        Assert.Single(requests.Distinct());
        Assert.True(requests[0].ClientNonce!.Length >= 32);
        Assert.Equal(("host", "me", "linux"), (requests[0].HostName, requests[0].UserName, requests[0].Platform));
    }

    [Theory]
    [InlineData(PairStatus.Rejected, PairingFailure.Rejected)]
    [InlineData(PairStatus.Expired, PairingFailure.Expired)]
    [InlineData("surprise", PairingFailure.NotAGateway)]
    [InlineData(PairStatus.Approved, PairingFailure.NotAGateway)]
    public void Answers_that_end_pairing_should_say_why_and_store_nothing(string status, PairingFailure failure)
    {
        Pair(Answer(new PairResponse(status, Token: "other.token")));
        Assert.Equal(failure, events.ExpectMsg<NodeEvents.PairingFailed>().Failure);
        Assert.Null(Identity.Stored);
        events.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.Single(PairingClient.ReceivedCalls());
    }

    [Fact]
    public void Reason_of_a_rejection_should_be_told()
    {
        Pair(Answer(new PairResponse(PairStatus.Rejected, Reason: "wrong room")));
        Assert.Contains("wrong room", events.ExpectMsg<NodeEvents.PairingFailed>().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gateway_that_never_answered_should_end_pairing_at_once()
    {
        Pair(Unreachable);
        Assert.Equal(PairingFailure.Unreachable, events.ExpectMsg<NodeEvents.PairingFailed>().Failure);
    }

    [Fact]
    public void Gateway_that_answered_before_should_be_waited_for()
    {
        Pair(Pending(), Unreachable, Unreachable, Answer(new PairResponse(PairStatus.Approved, Token: "abc123.tokensecret")));
        events.ExpectMsg<NodeEvents.WaitingForApproval>();
        events.ExpectMsg<NodeEvents.Paired>();
    }

    [Fact]
    public void Wait_that_the_gateway_asks_for_should_be_honoured()
    {
        Pair(new PairPoll.ToldToWait(TimeSpan.FromMilliseconds(400), null), Answer(new PairResponse(PairStatus.Rejected)));
        events.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        events.ExpectMsg<NodeEvents.PairingFailed>();
    }

    [Fact]
    public void Skewed_clock_should_be_warned_of_once()
    {
        Pair(Pending(TimeSpan.FromMinutes(-5)), Pending(TimeSpan.FromMinutes(-5)), Answer(new PairResponse(PairStatus.Rejected)));
        Assert.Equal(TimeSpan.FromMinutes(-5), events.ExpectMsg<NodeEvents.ClockSkewed>().Difference);
        events.ExpectMsg<NodeEvents.WaitingForApproval>();
        events.ExpectMsg<NodeEvents.WaitingForApproval>();
        events.ExpectMsg<NodeEvents.PairingFailed>();
    }

    [Fact]
    public void Token_that_can_not_be_stored_should_be_said()
    {
        Identity.SaveFails = new IdentityStoreException("disk full");
        Pair(Answer(new PairResponse(PairStatus.Approved, Token: "abc123.tokensecret")));
        var failed = events.ExpectMsg<NodeEvents.PairingFailed>();
        Assert.Equal((PairingFailure.NotStored, "disk full"), (failed.Failure, failed.Message));
    }
}
