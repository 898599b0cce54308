using Akka.Actor;
using Akka.Event;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices.Helper;

/// <summary>
/// A helper program that lives longer than one call. Serving → (crash) → BackingOff → Starting → Serving.
/// It ends for good when the helper exits with 0 (its work is done), or when it crashed too often.
/// </summary>
sealed class HelperProcessActor : ReceiveActor, IWithTimers
{
    sealed record ProcessExited(IHelperProcess Process, int ExitCode);

    sealed record RestartDue;

    sealed record Started(IHelperProcess? Process);

    sealed record StartFailed(Exception Error);

    readonly Func<CancellationToken, Task<IHelperProcess?>> start;
    readonly HelperBackoff backoff = new();
    readonly CancellationTokenSource lifetime = new();
    readonly ILoggingAdapter log = Context.GetLogger();
    IHelperProcess? process;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="process">Runs already; this actor disposes it.</param>
    /// <param name="start">Starts it again after a crash; null when it is not needed any more.</param>
    public static Props Props(IHelperProcess process, Func<CancellationToken, Task<IHelperProcess?>> start)
    {
        // A restarted actor must not take up the process that its former life has disposed.
        IHelperProcess? first = process;
        return Akka.Actor.Props.CreateBy(new Producer(() => new HelperProcessActor(Interlocked.Exchange(ref first, null), start)));
    }

    public HelperProcessActor(IHelperProcess? process, Func<CancellationToken, Task<IHelperProcess?>> start)
    {
        this.start = start;
        this.process = process;
        if (process is null) Become(Starting);
        else Become(Serving);
    }

    protected override void PreStart()
    {
        if (process is not null) WatchProcess(process);
        else StartAgain();
    }

    protected override void PostStop()
    {
        lifetime.Cancel();
        if (process is not null) _ = process.DisposeAsync().AsTask();
    }

    void Serving() => Receive<ProcessExited>(OnExited, exited => exited.Process == process);

    void BackingOff() => Receive<RestartDue>(_ =>
    {
        Become(Starting);
        StartAgain();
    });

    void Starting()
    {
        Receive<Started>(started =>
        {
            process = started.Process;
            if (process is null)
            {
                Context.Stop(Self);
                return;
            }

            Become(Serving);
            WatchProcess(process);
        });
        Receive<StartFailed>(failed => OnCrash(failed.Error.Message));
    }

    void OnExited(ProcessExited exited)
    {
        process = null;
        if (exited.ExitCode == 0) Context.Stop(Self);
        else OnCrash($"{exited.Process.Tool} ended with exit code {exited.ExitCode}");
    }

    void OnCrash(string what)
    {
        if (backoff.NextDelay() is not { } delay)
        {
            log.Warning("{0}; it failed too often and is not started again.", what);
            Context.Stop(Self);
            return;
        }

        log.Warning("{0}; starting it again in {1:0.0} s.", what, delay.TotalSeconds);
        Timers.StartSingleTimer(nameof(RestartDue), new RestartDue(), delay);
        Become(BackingOff);
    }

    void StartAgain() => start(lifetime.Token).ContinueWith<object>(
        task => task.IsCompletedSuccessfully ? new Started(task.Result) : new StartFailed(task.Exception?.GetBaseException() ?? new OperationCanceledException()),
        TaskScheduler.Default).PipeTo(Self);

    void WatchProcess(IHelperProcess watched) =>
        watched.Exited.ContinueWith(task => new ProcessExited(watched, task.Result), TaskScheduler.Default).PipeTo(Self);

    sealed class Producer(Func<HelperProcessActor> make) : IIndirectActorProducer
    {
        public Type ActorType => typeof(HelperProcessActor);

        public ActorBase Produce() => make();

        public void Release(ActorBase actor) { }
    }
}
