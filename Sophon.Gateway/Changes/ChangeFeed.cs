using System.Collections.Immutable;

namespace Sophon.Gateway.Changes;

/// <summary>
/// Tells who looks that something is no longer as it was: its topic and id, never its content, which the follower reads where it lives.
/// What changes within a moment is told together, and to each follower only when it has taken in what it was told before:
/// a slow browser gets fewer updates, never a queue of them.
/// </summary>
sealed class ChangeFeed(TimeProvider clock, ILogger<ChangeFeed> log)
{
    /// <summary>How long changes are gathered before they are told.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    readonly TimeProvider time = clock;
    readonly ILogger logger = log;
    ImmutableArray<Follower> followers = [];

    public bool IsFollowed => !followers.IsEmpty;

    public void Publish(Topic topic, string id)
    {
        foreach (var follower in followers)
            if (follower.Topic == topic) follower.Add(id);
    }

    /// <summary>Follow first, read afterwards: then nothing is missed.</summary>
    /// <param name="told">Gets the ids that changed since the last call; never runs twice at once.</param>
    /// <returns>Ends it.</returns>
    public IDisposable Follow(Topic topic, Func<IReadOnlySet<string>, Task> told)
    {
        var follower = new Follower(this, topic, told);
        ImmutableInterlocked.Update(ref followers, present => present.Add(follower));
        return follower;
    }

    sealed class Follower(ChangeFeed feed, Topic topic, Func<IReadOnlySet<string>, Task> told) : IDisposable
    {
        readonly Lock gate = new();
        HashSet<string> pending = [];
        bool telling;
        bool ended;

        public Topic Topic => topic;

        public void Add(string id)
        {
            lock (gate)
            {
                if (ended) return;
                pending.Add(id);
                if (telling) return;
                telling = true;
            }

            _ = TellAsync();
        }

        public void Dispose()
        {
            lock (gate) ended = true;
            ImmutableInterlocked.Update(ref feed.followers, present => present.Remove(this));
        }

        async Task TellAsync()
        {
            while (true)
            {
                await Task.Delay(Window, feed.time);
                if (Take() is not { } ids) return;
                try
                {
                    await told(ids);
                }
                catch (ObjectDisposedException)
                {
                    // The page was closed in the meantime.
                }
                catch (Exception error)
                {
                    feed.logger.LogError(error, "A page could not take in a change of {Topic}", topic);
                }
            }
        }

        HashSet<string>? Take()
        {
            lock (gate)
            {
                if (ended || pending.Count == 0)
                {
                    telling = false;
                    return null;
                }

                var ids = pending;
                pending = [];
                return ids;
            }
        }
    }
}
