using Akka.Actor;
using Sophon.Node.Actors.CommandRouter.Consent;
using Sophon.Node.Actors.CommandRouter.Devices;
using Sophon.Node.Actors.GatewayConnection;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using static Sophon.Node.Actors.CommandRouter.CommandRouterMessages;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>
/// Consent and pause. While a question is on the screen, or about to be, mouse, keyboard, windows and applications are out of an agent's reach:
/// what waits for them is answered paused, what runs is ended first, so that nobody can answer for the person.
/// </summary>
public sealed partial class CommandRouterActor
{
    readonly ConsentTurns consents;
    readonly IActorRef consent;
    CommandError? withdrawnBecause;
    bool questionShown;

    void ReceiveConsent(Action? afterwards)
    {
        Receive<PolicyChanged>(_ => Then(OnPolicyChanged, afterwards));
        Receive<ConsentMessages.Answered>(answered => Then(() => OnConsent(answered), afterwards));
    }

    /// <summary>Null when nothing on the screen stands against it.</summary>
    CommandError? ForbiddenByQuestion(Device device) => consents.Current is not null && IsHushed(device)
        ? new CommandError(ErrorCode.Paused, "A question to the person is on the screen: mouse, keyboard, windows and applications wait until it is answered. Try again then.")
        : null;

    static bool IsHushed(Device device) => device is Device.Input or Device.Window or Device.App;

    void AskPerson(AdmittedCommand command)
    {
        if (!consents.TryAdd(command)) Answer(Result(command.CommandId, CommandErrors.BusyAsking(services.Settings.Consent.QueueLimit)));
        else if (TryAccept(command)) StartAsking();
        else consents.RemoveWaiting(waiting => waiting.CommandId == command.CommandId);
    }

    void StartAsking()
    {
        TellWhoIsAsked();
        AskNext();
    }

    /// <summary>So that the Gateway does not give up on a command while the person thinks. Each question before it takes its own time.</summary>
    void TellWhoIsAsked()
    {
        var each = services.Settings.Consent.AnswerWithin + services.Settings.Commands.KillGrace;
        foreach (var (command, turn) in consents.InOrder.Select((command, index) => (command, index + 1)))
            connection.Tell(new GatewayConnectionMessages.SendAwaitingConsent(new CommandAwaitingConsent(command.CommandId, (int)Math.Ceiling((each * turn).TotalSeconds))));
    }

    void AskNext()
    {
        while (consents.TakeNext() is { } command)
        {
            // A grant or a change of policy may have answered it meanwhile.
            var (decided, error) = admission.Decide(command);
            if (decided?.AskBecause is not null)
            {
                Hush();
                ShowQuestionWhenQuiet();
                return;
            }

            consents.End(command.CommandId);
            if (decided is null) Answer(Result(command.CommandId, error!));
            else RunConsented(decided);
        }
    }

    void Hush()
    {
        var because = ForbiddenByQuestion(Device.Input)!;
        foreach (var command in queues.RemoveWaiting(command => IsHushed(command.Definition.Device))) Answer(Result(command.CommandId, because));

        // What a person has just agreed to may end by itself.
        foreach (var command in queues.Running.Where(command => IsHushed(command.Definition.Device) && !command.Consented))
            devices[command.Definition.Device].Tell(new DeviceMessages.Abort(command.CommandId, because));
    }

    void ShowQuestionWhenQuiet()
    {
        if (consents.Current is not { } command || questionShown || queues.Running.Any(running => IsHushed(running.Definition.Device))) return;
        questionShown = true;
        audit.Asked(command);
        var program = command.Program!;
        var offersTenMinutes = !services.Policy.Current.Policy.AsksEachTime(command.Definition, command.Arguments, program);
        consent.Tell(new ConsentMessages.Ask(command, ConsentText.For(program, command.AskBecause?.Rule, offersTenMinutes, services.Settings.Consent.AnswerWithin)));
    }

    void OnConsent(ConsentMessages.Answered answered)
    {
        if (consents.End(answered.CommandId) is not { } command) return;
        questionShown = false;
        audit.Answered(command, answered.Outcome.ToString(), answered.Why);
        if (answered.Outcome is ConsentOutcome.Once or ConsentOutcome.ForTenMinutes)
        {
            // The policy may have become stricter while the person thought; the yes stands against its "ask" only.
            var (decided, error) = admission.Decide(command with { Consented = true });
            if (decided is null) Answer(Result(command.CommandId, error!));
            else RunConsented(decided);
        }
        else
        {
            Answer(Result(command.CommandId, answered.Outcome == ConsentOutcome.Withdrawn && withdrawnBecause is { } reason ? reason : CommandErrors.NoConsent(command, answered, services.Settings.Consent.AnswerWithin)));
        }

        withdrawnBecause = null;
        AskNext();
    }

    /// <summary>Its time counts from here.</summary>
    void RunConsented(AdmittedCommand command) => Enqueue(command with { ReceivedAt = services.Time.GetTimestamp() });

    /// <summary>Takes a command back that waits for consent. False when it does not.</summary>
    bool WithdrawConsent(string commandId, CommandError because)
    {
        if (consents.Current?.CommandId == commandId)
        {
            if (questionShown)
            {
                withdrawnBecause = because;
                consent.Tell(new ConsentMessages.Withdraw(commandId));
            }
            else
            {
                consents.End(commandId);
                Answer(Result(commandId, because));
                AskNext();
            }

            return true;
        }

        var waiting = consents.RemoveWaiting(command => command.CommandId == commandId);
        foreach (var command in waiting) Answer(Result(command.CommandId, because));
        return waiting.Count > 0;
    }

    void WithdrawAllConsents(CommandError because)
    {
        foreach (var command in consents.RemoveWaiting(_ => true)) Answer(Result(command.CommandId, because));
        if (consents.Current is { } current) WithdrawConsent(current.CommandId, because);
    }

    void OnPolicyChanged()
    {
        var snapshot = services.Policy.Current;
        foreach (var command in queues.RemoveWaiting(command => Refused(command) is not null)) Answer(Result(command.CommandId, Refused(command)!));
        foreach (var command in consents.RemoveWaiting(command => admission.Decide(command).Error is not null)) Answer(Result(command.CommandId, admission.Decide(command).Error!));
        if (consents.Current is { } asked && admission.Decide(asked).Error is { } withdrawn) WithdrawConsent(asked.CommandId, withdrawn);

        // What runs is not called back by a stricter policy, but by a pause: keys and buttons that it holds are released as it ends.
        foreach (var command in queues.Running.ToList())
        {
            if (PolicyGate.ForbiddenByPause(snapshot, command.Definition) is { } paused)
                devices[command.Definition.Device].Tell(new DeviceMessages.Abort(command.CommandId, paused with { Message = $"{paused.Message}. What it had started was ended." }));
        }
    }

    CommandError? Refused(AdmittedCommand command)
    {
        var (decided, error) = admission.Decide(command);
        return decided?.AskBecause is null ? error : new CommandError(ErrorCode.Denied, $"The grant that let {command.Definition.Name} run was revoked or ended while it waited.");
    }
}
