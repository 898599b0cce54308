using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Platform.Ports;
using static Sophon.Node.Actors.CommandRouter.Consent.ConsentMessages;

namespace Sophon.Node.Actors.CommandRouter.Consent;

/// <summary>Asks the person at the desktop: Idle → Asking → Idle. The dialog runs outside the actor and is ended at the deadline, by a withdrawal, and with the actor.</summary>
public sealed class ConsentActor : ReceiveActor
{
    static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    readonly NodeServices services;
    readonly ILoggingAdapter log = Context.GetLogger();
    CancellationTokenSource? withdrawal;
    Ask? current;

    public static Props Props(NodeServices services) => Akka.Actor.Props.Create(() => new ConsentActor(services));

    public ConsentActor(NodeServices services)
    {
        this.services = services;
        Idle();
    }

    void Idle()
    {
        Receive<Ask>(Start);
        Receive<Withdraw>(_ => { });
    }

    void Asking()
    {
        Receive<Withdraw>(_ => withdrawal!.Cancel(), withdraw => withdraw.CommandId == current!.Command.CommandId);
        Receive<Withdraw>(_ => { });
        Receive<Answered>(answered =>
        {
            log.Info("{0} {1}: the person's answer is {2}", current!.Command.Definition.Name, answered.CommandId, answered.Outcome);
            Tell(answered);
            Become(Idle);
        });
    }

    void Start(Ask ask)
    {
        current = ask;
        withdrawal = new CancellationTokenSource();
        Become(Asking);
        var token = withdrawal.Token;
        Task.Run(() => AskAsync(ask, token)).PipeTo(Self);
    }

    async Task<Answered> AskAsync(Ask ask, CancellationToken withdrawn)
    {
        var (id, settings) = (ask.Command.CommandId, services.Settings.Consent);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(withdrawn);
        deadline.CancelAfter(settings.AnswerWithin);
        try
        {
            // A prompt that can't be ended must not silence mouse and keyboard for good; its answer counts no more.
            var answer = await services.Consent.AskAsync(ask.Question, deadline.Token).WaitAsync(settings.AnswerWithin + services.Settings.Commands.KillGrace, CancellationToken.None);
            if (deadline.IsCancellationRequested) return new Answered(id, withdrawn.IsCancellationRequested ? ConsentOutcome.Withdrawn : ConsentOutcome.TimedOut, null);
            if (answer == ConsentAnswer.ForTenMinutes) services.Policy.Add(Grant.Create(services.Policy.Clock, TenMinutes, null, ask.Command.Program!.Digest(), "dialog"));
            return new Answered(id, OutcomeOf(answer), null);
        }
        catch (Exception failure)
        {
            return failure switch
            {
                OperationCanceledException when withdrawn.IsCancellationRequested => new Answered(id, ConsentOutcome.Withdrawn, null),
                OperationCanceledException or TimeoutException => new Answered(id, ConsentOutcome.TimedOut, null),
                PlatformException => new Answered(id, ConsentOutcome.Unavailable, failure.Message),
                _ => new Answered(id, ConsentOutcome.Unavailable, $"an unexpected {failure.GetType().Name}: {failure.Message}"),
            };
        }
    }

    void Tell(Answered answered)
    {
        Context.Parent.Tell(answered);
        Release();
    }

    void Release()
    {
        withdrawal?.Cancel();
        withdrawal?.Dispose();
        (withdrawal, current) = (null, null);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (current is not null) Tell(new Answered(current.Command.CommandId, ConsentOutcome.Unavailable, "the part of the Node that asks failed, and was restarted"));
        base.PreRestart(reason, message);
    }

    protected override void PostStop() => Release();

    static ConsentOutcome OutcomeOf(ConsentAnswer answer) => answer switch
    {
        ConsentAnswer.Once => ConsentOutcome.Once,
        ConsentAnswer.ForTenMinutes => ConsentOutcome.ForTenMinutes,
        _ => ConsentOutcome.Denied,
    };
}
