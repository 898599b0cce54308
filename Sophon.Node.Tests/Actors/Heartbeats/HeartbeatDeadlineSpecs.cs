using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Actors.Heartbeats;
using Xunit;

namespace Sophon.Node.Tests.Actors.Heartbeats;

public sealed class HeartbeatDeadlineSpecs
{
    [Fact]
    public void Deadline_should_pass_after_the_limit_and_start_anew_with_an_acknowledgement()
    {
        var time = new FakeTimeProvider();
        var deadline = new HeartbeatDeadline(time, TimeSpan.FromSeconds(90));
        time.Advance(TimeSpan.FromSeconds(89));
        Assert.False(deadline.IsPassed);
        deadline.Restart();
        time.Advance(TimeSpan.FromSeconds(89));
        Assert.False(deadline.IsPassed);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(deadline.IsPassed);
    }
}
