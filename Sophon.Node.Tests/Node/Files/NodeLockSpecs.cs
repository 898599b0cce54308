using Sophon.Node.Files;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Files;

public sealed class NodeLockSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly NodeHome home;

    public NodeLockSpecs() => home = new NodeHome(folder.File("home"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lock_should_be_held_by_one_and_free_after_it()
    {
        Assert.False(NodeLock.IsHeld(home));
        using (var held = NodeLock.TryTake(home))
        {
            Assert.NotNull(held);
            Assert.True(NodeLock.IsHeld(home));
            Assert.Null(NodeLock.TryTake(home));
        }

        Assert.False(NodeLock.IsHeld(home));
        using var again = NodeLock.TryTake(home);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Looking_should_not_keep_a_start_from_taking_it()
    {
        using var stop = new CancellationTokenSource();
        NodeLock.TryTake(home)!.Dispose();
        var looking = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) NodeLock.IsHeld(home);
        });
        for (var run = 0; run < 20; run++)
        {
            using var held = NodeLock.TryTake(home);
            Assert.NotNull(held);
        }

        await stop.CancelAsync();
        await looking;
    }
}
