using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Changes;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Changes;

public class ChangeFeedSpecs
{
    readonly FakeTimeProvider time = new();
    readonly ChangeFeed feed;
    readonly List<string> told = [];

    public ChangeFeedSpecs() => feed = new ChangeFeed(time, NullLogger<ChangeFeed>.Instance);

    [Fact]
    public void Changes_of_a_moment_should_be_told_together_and_once()
    {
        using var following = feed.Follow(Topic.Nodes, Take);
        feed.Publish(Topic.Nodes, "b");
        feed.Publish(Topic.Nodes, "a");
        feed.Publish(Topic.Nodes, "b");
        Assert.Empty(told);
        Pass();
        Assert.Equal(["a b"], told);
        Pass();
        Assert.Single(told);
    }

    [Fact]
    public void Follower_should_hear_of_its_own_topic_only()
    {
        using var following = feed.Follow(Topic.Approvals, Take);
        feed.Publish(Topic.Nodes, "a");
        Pass();
        Assert.Empty(told);
    }

    [Fact]
    public void Slow_follower_should_get_what_gathered_in_one_piece()
    {
        var busy = new TaskCompletionSource();
        using var following = feed.Follow(Topic.Nodes, ids =>
        {
            Take(ids);
            return busy.Task;
        });
        feed.Publish(Topic.Nodes, "a");
        Pass();
        feed.Publish(Topic.Nodes, "b");
        Pass();
        feed.Publish(Topic.Nodes, "c");
        Pass();
        Assert.Equal(["a"], told);
        busy.SetResult();
        Pass();
        Assert.Equal(["a", "b c"], told);
    }

    [Fact]
    public void Failing_follower_should_hear_of_later_changes_still()
    {
        using var following = feed.Follow(Topic.Nodes, ids =>
        {
            Take(ids);
            throw new InvalidOperationException("test");
        });
        feed.Publish(Topic.Nodes, "a");
        Pass();
        feed.Publish(Topic.Nodes, "b");
        Pass();
        Assert.Equal(["a", "b"], told);
    }

    [Fact]
    public void Ended_following_should_be_silent()
    {
        var following = feed.Follow(Topic.Nodes, Take);
        feed.Publish(Topic.Nodes, "a");
        following.Dispose();
        Pass();
        Assert.Empty(told);
        Assert.False(feed.IsFollowed);
    }

    Task Take(IReadOnlySet<string> ids)
    {
        told.Add(string.Join(' ', ids.Order()));
        return Task.CompletedTask;
    }

    void Pass() => time.Advance(ChangeFeed.Window);
}
