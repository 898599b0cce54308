using Akka.Actor;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>Whoever tells it something hangs until it is released: an actor caught in the middle of a message.</summary>
sealed class HangingRef(ExtendedActorSystem system) : MinimalActorRef, IDisposable
{
    readonly ManualResetEventSlim release = new();
    int caught;

    public int Caught => Volatile.Read(ref caught);

    public override ActorPath Path { get; } = system.Provider.RootPath / "hanging";

    public override IActorRefProvider Provider => system.Provider;

    protected override void TellInternal(object message, IActorRef sender)
    {
        Interlocked.Increment(ref caught);
        release.Wait(TimeSpan.FromSeconds(60));
    }

    public void Dispose() => release.Set();
}
