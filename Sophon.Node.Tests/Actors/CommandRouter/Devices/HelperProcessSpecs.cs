using Akka.Actor;
using Akka.TestKit.Xunit;
using NSubstitute;
using Sophon.Node.Actors.CommandRouter.Devices.Helper;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter.Devices;

public sealed class HelperProcessSpecs : TestKit
{
    readonly List<TaskCompletionSource<int>> exits = [];
    int starts;

    IHelperProcess Helper()
    {
        var exit = new TaskCompletionSource<int>();
        lock (exits) exits.Add(exit);
        var helper = Substitute.For<IHelperProcess>();
        helper.Tool.Returns("xclip");
        helper.Exited.Returns(exit.Task);
        return helper;
    }

    IActorRef Supervise(IHelperProcess first, Func<IHelperProcess?> again) => Watch(Sys.ActorOf(HelperProcessActor.Props(first, _ =>
    {
        Interlocked.Increment(ref starts);
        return Task.FromResult(again());
    })));

    [Fact]
    public void Helper_that_ends_well_should_not_be_started_again()
    {
        var actor = Supervise(Helper(), Helper);
        exits[0].SetResult(0);
        ExpectTerminated(actor);
        Assert.Equal(0, starts);
    }

    [Fact]
    public void Crashed_helper_should_be_started_again_after_a_backoff()
    {
        Supervise(Helper(), Helper);
        exits[0].SetResult(137);
        AwaitCondition(() => Volatile.Read(ref starts) == 1, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void Helper_that_is_not_needed_any_more_should_end_the_supervision()
    {
        var actor = Supervise(Helper(), () => null);
        exits[0].SetResult(137);
        ExpectTerminated(actor, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Stopping_should_dispose_the_process()
    {
        var helper = Helper();
        var actor = Supervise(helper, Helper);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        AwaitCondition(() => helper.ReceivedCalls().Any(call => call.GetMethodInfo().Name == "DisposeAsync"), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void Backoff_should_double_and_end()
    {
        var backoff = new HelperBackoff();
        Assert.Equal([0.5, 1, 2, 4, 8], Enumerable.Range(0, 5).Select(_ => backoff.NextDelay()!.Value.TotalSeconds));
        Assert.Null(backoff.NextDelay());
    }
}
