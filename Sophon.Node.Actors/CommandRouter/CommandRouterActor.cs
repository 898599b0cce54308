using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.CommandRouter.Consent;
using Sophon.Node.Actors.CommandRouter.Devices;
using Sophon.Node.Actors.GatewayConnection;
using Sophon.Node.Actors.Heartbeats;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Actors.Supervision;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;
using static Sophon.Node.Actors.CommandRouter.CommandRouterMessages;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>Admit → dispatch → answer exactly once. Open → Draining. What it has taken and answered lives in the <see cref="CommandLedger"/>, which outlives its restarts, and in the journal beneath, which outlives the process.</summary>
public sealed partial class CommandRouterActor : ReceiveActor, IWithTimers
{
    sealed record DeadlinePassed(string CommandId);

    sealed record ResendDue(string CommandId);

    sealed record DrainTimedOut;

    sealed record FlushTimedOut;

    const int Attempts = 10;
    const long UnacknowledgedBytes = 64 * 1024 * 1024;
    static readonly TimeSpan FirstResendDelay = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ResendDelayCap = TimeSpan.FromMinutes(5);
    static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(3);

    readonly NodeServices services;
    readonly LedgerRecovery recovery;
    readonly CommandLedger ledger;
    readonly LedgerLog ledgerLog;
    readonly Admission admission;
    readonly CommandAudit audit;
    readonly DeviceQueues queues;
    readonly Dictionary<Device, IActorRef> devices;
    readonly ILoggingAdapter log = Context.GetLogger();
    IActorRef connection = ActorRefs.Nobody;
    HashSet<string>? scopes;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeServices services)
    {
        var settings = services.Settings;
        var limits = new LedgerLimits(settings.Commands.RememberedIds, UnacknowledgedBytes, settings.Journal.RememberedFor, settings.Journal.ResultsKeptFor);
        var recovery = LedgerRecovery.Recover(services.Journal, limits, services.Time);
        return Akka.Actor.Props.Create(() => new CommandRouterActor(services, recovery));
    }

    public CommandRouterActor(NodeServices services, LedgerRecovery recovery)
    {
        (this.services, this.recovery, ledger) = (services, recovery, recovery.Ledger);
        ledgerLog = new LedgerLog(log, Context.System.EventStream);
        admission = new Admission(services.Policy, services.Programs, services.Settings.Gateway.TrustGatewayScopes);
        audit = new CommandAudit(services.Audit);
        queues = new DeviceQueues(services.Settings.Commands.QueueLimit);
        devices = DeviceActors.Start(Context, services);
        consents = new ConsentTurns(services.Settings.Consent.QueueLimit);
        consent = Context.Watch(Context.ActorOf(ConsentActor.Props(services), "consent"));
        Open();
    }

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionTable.For("command-router");

    protected override void PreStart()
    {
        ledgerLog.Recovered(recovery);
        audit.Recovered(recovery.Interrupted);
    }

    // The base's would call PreStart, and what was recovered is told once.
    protected override void PostRestart(Exception reason)
    {
        foreach (var (id, started) in ledger.Open)
        {
            Answer(started
                ? Result(id, CommandStatus.Unknown, null, new CommandError(ErrorCode.Internal, "The command router failed while the command ran: it may have been carried out, wholly or in part."))
                : Result(id, CommandErrors.Cancelled("The command router failed.", started: false)));
        }

        Context.Parent.Tell(new GatewayConnectionMessages.ReportTo(Self));
    }

    void Open()
    {
        Receive<CommandReceived>(OnReceived);
        Receive<DrainCommands>(_ => StartDraining());
        ReceiveAlways();
    }

    void Draining(IActorRef asker)
    {
        Receive<CommandReceived>(received =>
        {
            var request = CommandRequest.Read(received.Command);
            if (!ledger.Knows(request.CommandId)) Answer(Result(request.CommandId, CommandErrors.Cancelled("The Node is stopping.", started: false)));
        });
        Receive<DrainTimedOut>(_ => AbortAll("The Node is stopping."));
        Receive<FlushTimedOut>(_ => asker.Tell(new CommandsDrained()));
        Receive<DrainCommands>(_ => { });
        ReceiveAlways(() =>
        {
            if (ledger.InFlight > 0) return;
            if (ledger.Unacknowledged.Count == 0 || connection.IsNobody()) asker.Tell(new CommandsDrained());
            else if (!Timers.IsTimerActive(nameof(FlushTimedOut))) Timers.StartSingleTimer(nameof(FlushTimedOut), new FlushTimedOut(), FlushTimeout);
        });
    }

    /// <param name="afterwards">Runs after each message that may have ended or handed over a command.</param>
    void ReceiveAlways(Action? afterwards = null)
    {
        Receive<CancelReceived>(cancel => Then(() => Cancel(cancel.CommandId, "It was cancelled."), afterwards));
        Receive<CancelAll>(cancel => Then(() => AbortAll(cancel.Reason), afterwards));
        Receive<DeadlinePassed>(passed => Then(() => OnDeadline(passed.CommandId), afterwards));
        Receive<DeviceMessages.Ended>(ended => Then(() => OnEnded(ended), afterwards));
        Receive<DeviceMessages.OutputProduced>(output => connection.Tell(new GatewayConnectionMessages.SendOutput(
            new CommandOutput(output.CommandId, output.Sequence, output.IsError ? "stderr" : "stdout", output.Text))));
        Receive<ScopesReceived>(received =>
        {
            scopes = [.. received.Scopes];
            Context.System.EventStream.Publish(new NodeEvents.ScopesUpdated(received.Scopes));
        });
        Receive<ReportQueueDepth>(_ => Sender.Tell(new HeartbeatActor.QueueDepthReported(ledger.InFlight, recovery.TellsRepetitionsApart)));
        Receive<GatewayConnectionMessages.ConnectionStarting>(starting => ledgerLog.Disowned(ledger.Own(starting.Identity.Owner)));
        Receive<GatewayConnectionMessages.ConnectionOpened>(_ => OnConnectionOpened());
        Receive<GatewayConnectionMessages.ConnectionClosed>(_ => Then(() => (connection, scopes) = (ActorRefs.Nobody, null), afterwards));
        Receive<GatewayConnectionMessages.ResultAcknowledged>(acknowledged => Then(() => ledger.Acknowledge(acknowledged.CommandId), afterwards));
        Receive<GatewayConnectionMessages.ResultNotStored>(OnNotStored);
        Receive<ResendDue>(resend => Resend(resend.CommandId));
        ReceiveConsent(afterwards);
        Receive<Terminated>(terminated => throw new ChildLostException(terminated.ActorRef.Path.Name));
    }

    static void Then(Action first, Action? afterwards)
    {
        first();
        afterwards?.Invoke();
    }

    void OnReceived(CommandReceived received)
    {
        var request = CommandRequest.Read(received.Command);
        if (ledger.Knows(request.CommandId) && request.CommandId.Length > 0)
        {
            // In flight: its one answer is still to come. Answered: the Gateway asks again, so it may have missed it.
            if (ledger.ResultOf(request.CommandId) is { } earlier) Send(earlier);
            return;
        }

        audit.Received(request);
        var (command, error) = admission.Decide(request, scopes, received.ReceivedAt);
        if (command is null)
        {
            log.Info("{0} {1} refused: {2}", request.Type, request.CommandId, error!.Code);
            Answer(Result(request.CommandId, error));
        }
        else if (!devices.ContainsKey(command.Definition.Device))
        {
            Answer(Result(command.CommandId, new CommandError(ErrorCode.Unsupported, $"{command.Definition.Name} is not available on this desktop yet: no accessibility tree is read.")));
        }
        else if (ForbiddenByQuestion(command.Definition.Device) is { } paused)
        {
            Answer(Result(command.CommandId, paused));
        }
        else if (command.AskBecause is not null)
        {
            AskPerson(command);
        }
        else
        {
            Enqueue(command);
        }
    }

    void Enqueue(AdmittedCommand command)
    {
        if (!queues.TryAdd(command))
        {
            Answer(Result(command.CommandId, CommandErrors.Busy(command.Definition.Device, services.Settings.Commands.QueueLimit)));
            return;
        }

        if (!ledger.Knows(command.CommandId) && !TryAccept(command))
        {
            queues.RemoveWaiting(command.CommandId);
            return;
        }

        var remaining = command.Timeout - services.Time.GetElapsedTime(command.ReceivedAt);
        Timers.StartSingleTimer(command.CommandId, new DeadlinePassed(command.CommandId), remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        Dispatch(command.Definition.Device);
    }

    // On disk before the device has it: then nothing runs twice, whatever dies.
    bool TryAccept(AdmittedCommand command)
    {
        try
        {
            ledger.Accept(command.CommandId, command.Definition.Name);
            return true;
        }
        catch (JournalException trouble)
        {
            Answer(Result(command.CommandId, LedgerAnswers.NotJournalled(command.Definition.Name, trouble.Message)));
            return false;
        }
    }

    void Dispatch(Device device)
    {
        while (queues.TakeNext(device) is { } command)
        {
            if (audit.Start(command) is not { } unrecorded)
            {
                ledger.Start(command.CommandId);
                devices[device].Tell(new DeviceMessages.Run(command));
                return;
            }

            queues.End(device, command.CommandId);
            Answer(Result(command.CommandId, unrecorded));
        }
    }

    void OnEnded(DeviceMessages.Ended ended)
    {
        var (command, device) = (ended.Command, ended.Command.Definition.Device);
        if (!queues.End(device, command.CommandId)) return;
        var error = ended.Error;
        var answer = new CommandResult(
            command.CommandId, NodeId: "", error is null ? CommandStatus.Succeeded : CommandStatuses.For(error.Code), ended.Answer?.Json, error,
            ended.StartedAt, ended.Duration.TotalMilliseconds) { Image = ended.Answer?.Image };
        var size = CommandLedger.SizeOf(answer);
        if (size > WireLimits.NodeToGatewayBytes - 4_096)
            answer = answer with { Status = CommandStatus.Failed, Result = null, Image = null, Error = CommandErrors.TooLarge(size, WireLimits.NodeToGatewayBytes) };
        log.Info("{0} {1}: {2} in {3:0.0} ms", command.Definition.Name, command.CommandId, answer.Status, answer.DurationMs);
        Answer(answer);
        Dispatch(device);
        ShowQuestionWhenQuiet();
    }

    void OnDeadline(string id)
    {
        if (queues.RemoveWaiting(id) is { } waiting) Answer(Result(id, CommandErrors.TimedOut(waiting, started: false)));
        else if (queues.FindRunning(id) is { } running) devices[running.Definition.Device].Tell(new DeviceMessages.Abort(id, CommandErrors.TimedOut(running, started: true)));
    }

    void Cancel(string id, string reason)
    {
        if (queues.RemoveWaiting(id) is not null) Answer(Result(id, CommandErrors.Cancelled(reason, started: false)));
        else if (queues.FindRunning(id) is { } running) devices[running.Definition.Device].Tell(new DeviceMessages.Abort(id, CommandErrors.Cancelled(reason, started: true)));
        else WithdrawConsent(id, CommandErrors.Cancelled(reason, started: false));
    }

    void AbortAll(string reason)
    {
        foreach (var command in queues.RemoveAllWaiting()) Answer(Result(command.CommandId, CommandErrors.Cancelled(reason, started: false)));
        foreach (var command in queues.Running.ToList()) Cancel(command.CommandId, reason);
        WithdrawAllConsents(CommandErrors.Cancelled(reason, started: false));
    }

    void StartDraining()
    {
        var asker = Sender;
        Become(() => Draining(asker));
        foreach (var command in queues.RemoveAllWaiting()) Answer(Result(command.CommandId, CommandErrors.Cancelled("The Node is stopping.", started: false)));
        WithdrawAllConsents(CommandErrors.Cancelled("The Node is stopping.", started: false));
        Timers.StartSingleTimer(nameof(DrainTimedOut), new DrainTimedOut(), services.Settings.Commands.DrainTimeout);

        // Looks at once whether anything is left to wait for.
        Self.Tell(new CancelReceived(""));
    }

    void OnConnectionOpened()
    {
        connection = Sender;
        foreach (var result in ledger.TakeUnacknowledged()) Send(result);
        TellWhoIsAsked();
    }

    void OnNotStored(GatewayConnectionMessages.ResultNotStored notStored)
    {
        log.Debug("The result of {0} was not stored: {1}", notStored.CommandId, notStored.Reason);
        if (ledger.IsAcknowledged(notStored.CommandId)) return;
        var attempt = ledger.CountAttempt(notStored.CommandId);
        if (attempt >= Attempts) return;
        var delay = FirstResendDelay * Math.Pow(2, attempt - 1);
        Timers.StartSingleTimer("resend-" + notStored.CommandId, new ResendDue(notStored.CommandId), delay < ResendDelayCap ? delay : ResendDelayCap);
    }

    void Resend(string id)
    {
        if (!ledger.IsAcknowledged(id) && ledger.ResultOf(id) is { } result) Send(result);
    }

    void Answer(CommandResult result)
    {
        Timers.Cancel(result.CommandId);
        if (ledger.Answer(result))
        {
            audit.End(result);
            Send(result);
        }

        ledgerLog.Watch(ledger);
    }

    void Send(CommandResult result) => connection.Tell(new GatewayConnectionMessages.SendResult(result));

    CommandResult Result(string id, CommandError error) => Result(id, CommandStatuses.For(error.Code), null, error);

    CommandResult Result(string id, CommandStatus status, System.Text.Json.JsonElement? result, CommandError? error) =>
        new(id, NodeId: "", status, result, error, services.Time.GetUtcNow(), 0);
}
