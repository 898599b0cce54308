using Akka.Actor;

namespace Sophon.Node.Actors.Watchdog;

/// <summary>
/// Notices a tree that is there and does nothing: an actor that hangs in a message, or a dispatcher without a free thread.
/// It has a thread of its own, since the timers of .NET and Akka run on what may be stuck.
/// </summary>
public sealed class NodeWatchdog : IDisposable
{
    const int TicksPerLimit = 6;
    const int StackBytes = 256 * 1024;

    readonly IActorRef node;
    readonly WatchdogSettings settings;
    readonly TimeProvider time;
    readonly Action<string> onStuck;
    readonly ManualResetEventSlim stopping = new();

    /// <param name="node">The <see cref="NodeSupervisor"/>; each answer of its tree is published as <see cref="NodeEvents.TreeResponded"/>.</param>
    /// <param name="onStuck">Called once, on the watchdog's thread, with what to tell the person. The tree can't be saved from within: end the process.</param>
    public NodeWatchdog(IActorRef node, WatchdogSettings settings, TimeProvider time, Action<string> onStuck)
    {
        (this.node, this.settings, this.time, this.onStuck) = (node, settings, time, onStuck);
        new Thread(Watch, StackBytes) { IsBackground = true, Name = "sophon-watchdog" }.Start();
    }

    void Watch()
    {
        var tick = settings.Limit / TicksPerLimit;
        var deadline = new RoundTripDeadline((int)Math.Ceiling(settings.Interval / tick), TicksPerLimit);
        do
        {
            switch (deadline.Tick())
            {
                case RoundTripStep.Start:
                    node.Tell(new NodeSupervisorMessages.StartRoundTrip(time.GetTimestamp(), deadline.Complete), ActorRefs.NoSender);
                    break;
                case RoundTripStep.Stuck:
                    onStuck($"The Node hangs: its actors have not answered for {settings.Limit.TotalSeconds:0.#} s.");
                    return;
            }
        }
        while (!stopping.Wait(tick));
    }

    public void Dispose() => stopping.Set();
}
