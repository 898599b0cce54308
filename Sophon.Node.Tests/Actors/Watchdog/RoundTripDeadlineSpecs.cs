using Sophon.Node.Actors.Watchdog;
using Xunit;
using static Sophon.Node.Actors.Watchdog.RoundTripStep;

namespace Sophon.Node.Tests.Actors.Watchdog;

public sealed class RoundTripDeadlineSpecs
{
    [Fact]
    public void Answered_round_trips_should_follow_each_other_at_the_interval()
    {
        var deadline = new RoundTripDeadline(interval: 3, limit: 2);
        Assert.Equal(Start, deadline.Tick());
        for (var round = 0; round < 3; round++)
        {
            deadline.Complete();
            Assert.Equal([Wait, Wait, Start], new[] { deadline.Tick(), deadline.Tick(), deadline.Tick() });
        }
    }

    [Fact]
    public void Unanswered_round_trip_should_be_stuck_at_the_limit()
    {
        var deadline = new RoundTripDeadline(interval: 1, limit: 3);
        Assert.Equal([Start, Wait, Wait, Stuck], new[] { deadline.Tick(), deadline.Tick(), deadline.Tick(), deadline.Tick() });
    }

    [Fact]
    public void Late_answer_before_the_limit_should_save_the_tree()
    {
        var deadline = new RoundTripDeadline(interval: 1, limit: 3);
        Assert.Equal([Start, Wait, Wait], new[] { deadline.Tick(), deadline.Tick(), deadline.Tick() });
        deadline.Complete();
        Assert.Equal(Start, deadline.Tick());
    }
}
