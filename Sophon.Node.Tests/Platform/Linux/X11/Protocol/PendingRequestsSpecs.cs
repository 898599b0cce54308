using Sophon.Node.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

public class PendingRequestsSpecs
{
    readonly PendingRequests pending = new();

    [Fact]
    public void A_reply_should_find_its_request_past_others_without_one()
    {
        var first = new BatchCompletion();
        var second = new BatchCompletion();
        pending.Add("Void", null, expectsReply: false);
        pending.Add("First", first, expectsReply: true);
        pending.Add("Void", null, expectsReply: false);
        pending.Add("Second", second, expectsReply: true);

        Assert.Same(first, pending.Reply(2));
        Assert.Same(second, pending.Reply(4));
    }

    [Fact]
    public void An_error_should_name_the_request_that_caused_it()
    {
        pending.Add("Good", null, expectsReply: false);
        pending.Add("Bad", null, expectsReply: false);
        pending.Add("Later", null, expectsReply: false);

        Assert.Equal("Bad", pending.Error(2).Request);
    }

    [Fact]
    public void An_error_after_an_event_of_the_same_request_should_still_find_it()
    {
        pending.Add("Bad", null, expectsReply: false);
        pending.Event(1);

        Assert.Equal("Bad", pending.Error(1).Request);
    }

    [Fact]
    public async Task A_reply_that_never_came_should_fail_its_request_when_later_ones_are_answered()
    {
        var skipped = new BatchCompletion();
        pending.Add("Skipped", skipped, expectsReply: true);
        pending.Add("Answered", new BatchCompletion(), expectsReply: true);

        pending.Reply(2);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => skipped.Task);
        Assert.Contains("Skipped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_should_stay_right_when_the_16_bits_wrap()
    {
        var due = new Dictionary<long, Completion>();
        for (long sequence = 1; sequence <= 200_000; sequence++)
        {
            var replies = pending.NeedsReply || sequence % 30_000 == 0;
            var completion = replies ? new BatchCompletion() : null;
            pending.Add($"Request{sequence}", completion, replies);
            if (completion is not null) due[sequence] = completion;
        }

        foreach (var (sequence, completion) in due) Assert.Same(completion, pending.Reply((ushort)sequence));
    }

    [Fact]
    public void A_reply_should_be_asked_for_before_numbers_become_ambiguous()
    {
        for (var i = 0; i < 0x7fff; i++) pending.Add("Void", null, expectsReply: false);
        Assert.False(pending.NeedsReply);

        pending.Add("Void", null, expectsReply: false);
        Assert.True(pending.NeedsReply);
    }
}
