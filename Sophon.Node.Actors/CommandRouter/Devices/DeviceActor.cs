using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.Supervision;
using Sophon.Node.Protocol.Commands;
using static Sophon.Node.Actors.CommandRouter.Devices.DeviceMessages;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary>
/// Runs one command at a time: Idle → Running → Idle, or → Aborting → Idle. Platform calls run on the thread pool and are piped back.
/// An aborted call that does not end within the grace is given up: the actor fails with <see cref="DeviceStuckException"/> and is restarted.
/// </summary>
public abstract class DeviceActor : ReceiveActor, IWithTimers
{
    sealed record Completed(long Run, DeviceAnswer? Answer, Exception? Failure);

    sealed record GraceOver(long Run);

    static long runs;

    readonly ILoggingAdapter log = Context.GetLogger();
    AdmittedCommand? current;
    CancellationTokenSource? cancellation;
    CommandError? aborted;
    long run;
    long startedTimestamp;
    DateTimeOffset startedAt;

    public ITimerScheduler Timers { get; set; } = null!;

    protected NodeServices Services { get; }

    protected DeviceActor(NodeServices services)
    {
        Services = services;
        Idle();
    }

    /// <summary>Does the work. Called on the thread pool: it must not touch the actor's state.</summary>
    /// <param name="command">Checked against the catalogue.</param>
    /// <param name="output">Takes live output; from one thread at a time.</param>
    /// <param name="cancellationToken">Cancelled at the deadline, by a cancel, and when the Node stops.</param>
    protected abstract Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken);

    void Idle()
    {
        Receive<Run>(Start);
        Receive<Completed>(_ => { });
        Receive<GraceOver>(_ => { });
        Receive<Abort>(_ => { });
        ReceiveExtra();
    }

    void Running()
    {
        Receive<Completed>(End, completed => completed.Run == run);
        Receive<Abort>(StartAborting, abort => abort.CommandId == current!.CommandId);
        Receive<Completed>(_ => { });
        Receive<Abort>(_ => { });
        ReceiveExtra();
    }

    void Aborting()
    {
        Receive<Completed>(End, completed => completed.Run == run);
        Receive<GraceOver>(
            _ =>
            {
                Tell(null, aborted);
                throw new DeviceStuckException(Self.Path.Name);
            },
            over => over.Run == run);
        Receive<Completed>(_ => { });
        Receive<Abort>(_ => { });
        ReceiveExtra();
    }

    /// <summary>What a device takes besides commands, in every state.</summary>
    protected virtual void ReceiveExtra() { }

    void Start(Run message)
    {
        current = message.Command;
        aborted = null;
        cancellation = new CancellationTokenSource();
        run = Interlocked.Increment(ref runs);
        startedTimestamp = Services.Time.GetTimestamp();
        startedAt = Services.Time.GetUtcNow();
        Become(Running);

        // Captured here: the call runs outside the actor.
        var (command, parent, number, token, sequence) = (current, Context.Parent, run, cancellation.Token, 0);
        void Output(bool isError, string text) => parent.Tell(new OutputProduced(command.CommandId, sequence++, isError, text));
        Task.Run(() => TryRunAsync(command, number, Output, token)).PipeTo(Self);
    }

    async Task<Completed> TryRunAsync(AdmittedCommand command, long number, Action<bool, string> output, CancellationToken token)
    {
        try
        {
            return new Completed(number, await RunAsync(command, output, token), null);
        }
        catch (Exception failure)
        {
            return new Completed(number, null, failure);
        }
    }

    void StartAborting(Abort abort)
    {
        aborted = abort.Error;
        Timers.StartSingleTimer(nameof(GraceOver), new GraceOver(run), Services.Settings.Commands.KillGrace);
        Become(Aborting);
        cancellation!.Cancel();
    }

    // A command that succeeded although it was aborted has happened: that is the truth to tell.
    void End(Completed completed)
    {
        Timers.Cancel(nameof(GraceOver));
        var error = completed.Failure is null ? null : aborted ?? CommandErrors.From(completed.Failure, current!.Definition.Sensitive);
        if (completed.Failure is { } failure and not Platform.Ports.PlatformException and not OperationCanceledException)
            log.Error("{0} failed unexpectedly: {1}", current!.Definition.Name, current.Definition.Sensitive ? failure.GetType().FullName : failure.ToString());
        Tell(completed.Answer, error);
        Become(Idle);
    }

    void Tell(DeviceAnswer? answer, CommandError? error)
    {
        Context.Parent.Tell(new Ended(current!, answer, error, startedAt, Services.Time.GetElapsedTime(startedTimestamp)));
        Release();
    }

    void Release()
    {
        cancellation?.Cancel();
        cancellation?.Dispose();
        (current, cancellation) = (null, null);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (current is not null) Tell(null, new CommandError(ErrorCode.Internal, $"The device {Self.Path.Name} failed while the command ran, and was restarted. It may have been carried out in part."));
        base.PreRestart(reason, message);
    }

    protected override void PostStop() => Release();
}
