using Akka.Actor;
using Akka.Event;
using Sophon.Node.Protocol.Pairing;
using static Sophon.Node.Actors.Pairing.PairingActorMessages;

namespace Sophon.Node.Actors.Pairing;

/// <summary>Unpaired → Pending (polls) → Paired, or back to Unpaired with a <see cref="NodeEvents.PairingFailed"/>. One poll at a time.</summary>
public sealed class PairingActor : ReceiveActor, IWithTimers
{
    sealed record PollDue;

    readonly NodeServices services;
    readonly ClockSkew skew = new();
    readonly ILoggingAdapter log = Context.GetLogger();
    readonly CancellationTokenSource lifetime = new();

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeServices services) => Akka.Actor.Props.Create(() => new PairingActor(services));

    public PairingActor(NodeServices services)
    {
        this.services = services;
        Unpaired();
    }

    protected override void PreStart() => LoadIdentity();

    void LoadIdentity()
    {
        try
        {
            if (services.Identity.Load() is not { } identity) return;
            Become(Paired);
            Context.Parent.Tell(new IdentityAvailable(identity));
        }
        catch (IdentityStoreException error)
        {
            Publish(new NodeEvents.PairingFailed(PairingFailure.NotStored, error.Message));
        }
    }

    protected override void PostStop() => lifetime.Cancel();

    void Unpaired()
    {
        Receive<StartPairing>(StartPolling);
        Receive<ForgetIdentity>(_ => { });
        ReceiveAny(_ => { });
    }

    void Pending(StartPairing request, PairingPatience patience, PairRequest body)
    {
        Receive<PollDue>(_ => services.PairingClient.PollAsync(request.GatewayUrl, body, lifetime.Token).PipeTo(Self));
        Receive<PairPoll.Answered>(answered =>
        {
            WarnOfSkew(answered);
            patience.Answered();
            OnAnswer(request, answered.Response);
        });
        Receive<PairPoll.ToldToWait>(wait =>
        {
            WarnOfSkew(wait);
            patience.Answered();
            PollAgainIn(wait.Delay);
        });
        Receive<PairPoll.Failed>(failed =>
        {
            WarnOfSkew(failed);
            if (failed.Failure == PairingFailure.Unreachable && patience.MayRetry)
            {
                log.Warning("{0} Trying again.", failed.Message);
                PollAgainIn(services.Settings.Pairing.PollInterval);
            }
            else
            {
                Fail(failed.Failure, failed.Message);
            }
        });
        Receive<Status.Failure>(failure => throw new InvalidOperationException("A poll failed", failure.Cause));
        Receive<StartPairing>(_ => log.Warning("Pairing is under way already."));
        Receive<ForgetIdentity>(_ => { });
    }

    void Paired()
    {
        Receive<IdentityWanted>(_ => LoadIdentity());
        Receive<ForgetIdentity>(forget =>
        {
            services.Identity.Delete();
            log.Warning("The token is deleted: {0}", forget.Reason);
            Become(Unpaired);
        });
        Receive<StartPairing>(StartPolling);
        ReceiveAny(_ => { });
    }

    void StartPolling(StartPairing request)
    {
        var facts = services.Facts;
        var body = new PairRequest(
            request.NodeId, request.PairingSecret, NodeToken.RandomSecret(),
            facts.HostName, facts.UserName, facts.Platform, facts.OsDescription, facts.Version);
        var patience = new PairingPatience(services.Time, services.Settings.Pairing.UnreachableFor);
        Become(() => Pending(request, patience, body));
        Self.Tell(new PollDue());
    }

    void OnAnswer(StartPairing request, PairResponse response)
    {
        switch (response.Status)
        {
            case PairStatus.Pending:
                Publish(new NodeEvents.WaitingForApproval(response.PairingCode ?? "?"));
                PollAgainIn(services.Settings.Pairing.PollInterval);
                break;
            case PairStatus.Approved when NodeToken.TryParse(response.Token, out var token) && token.NodeId == request.NodeId:
                Store(new NodeIdentity(request.GatewayUrl, token));
                break;
            case PairStatus.Approved:
                Fail(PairingFailure.NotAGateway, $"The Gateway at {request.GatewayUrl} approved, but sent no valid token for {request.NodeId}.");
                break;
            case PairStatus.Rejected:
                var because = string.IsNullOrWhiteSpace(response.Reason) ? "" : $": {response.Reason}";
                Fail(PairingFailure.Rejected, $"Pairing was rejected in the Dashboard{because}. Nothing was stored.");
                break;
            case PairStatus.Expired:
                Fail(PairingFailure.Expired, "The pairing secret has expired (it is valid for 15 minutes). Generate new credentials in the Dashboard (Add Node) and run its command.");
                break;
            default:
                Fail(PairingFailure.NotAGateway, $"What answers at {request.GatewayUrl} sent the unknown pairing status \"{response.Status}\".");
                break;
        }
    }

    void Store(NodeIdentity identity)
    {
        try
        {
            services.Identity.Save(identity);
        }
        catch (IdentityStoreException error)
        {
            Fail(PairingFailure.NotStored, error.Message);
            return;
        }

        Become(Paired);
        Context.Parent.Tell(new IdentityAvailable(identity));
        Publish(new NodeEvents.Paired(identity));
    }

    void Fail(PairingFailure failure, string message)
    {
        Timers.CancelAll();
        Become(Unpaired);
        Publish(new NodeEvents.PairingFailed(failure, message));
    }

    void PollAgainIn(TimeSpan delay) => Timers.StartSingleTimer(nameof(PollDue), new PollDue(), delay);

    void WarnOfSkew(PairPoll poll)
    {
        if (skew.ShouldWarnOf(poll.ClockDifference)) Publish(new NodeEvents.ClockSkewed(poll.ClockDifference!.Value));
    }

    static void Publish(NodeEvents.INodeEvent happened) => Context.System.EventStream.Publish(happened);
}
