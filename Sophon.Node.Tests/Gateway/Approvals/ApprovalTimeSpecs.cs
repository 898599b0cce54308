using System.Net;
using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Store;
using Xunit;
using static Sophon.Node.Tests.Gateway.Approvals.ApprovalFixture;

namespace Sophon.Node.Tests.Gateway.Approvals;

/// <summary>How long a person has, what a restart does to it, and from when the command's own time counts.</summary>
[Trait("kind", "real")]
public class ApprovalTimeSpecs
{
    [Fact]
    public async Task Nobody_in_five_minutes_should_end_it_as_denied()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var system = await StartAsync(clock);
        var anna = await system.PersonAsync();
        var id = (string)(await system.AskAsync(timeoutSeconds: 1))["commandId"]!;
        var digest = (string)(await PendingAsync(anna)).Single()!["digest"]!;
        await AdvanceAsync(clock, TimeSpan.FromSeconds(299));
        Assert.Equal("awaitingApproval", (string?)(await system.CommandAsync(id))["status"]);
        await AdvanceAsync(clock, TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (string?)(await system.CommandAsync(id))["status"] == "denied", "it has expired");
        Assert.Equal("approvalRejected", (string?)(await system.CommandAsync(id))["error"]!["code"]);
        Assert.Equal("notFound", await DecideAsync(anna, id, "approve", new { digest }).ProblemAsync(404));
    }

    [Fact]
    public async Task Timeout_should_count_from_the_approval()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var system = await StartAsync(clock);
        var anna = await system.PersonAsync();
        var id = (string)(await system.AskAsync(timeoutSeconds: 10))["commandId"]!;
        await AdvanceAsync(clock, TimeSpan.FromSeconds(200));
        await ApprovalFixture.ApproveAsync(anna, id);
        await system.Node.NextAsync();
        await AdvanceAsync(clock, TimeSpan.FromSeconds(20));
        Assert.Equal("running", (string?)(await system.CommandAsync(id))["status"]);
        await AdvanceAsync(clock, TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(async () => (string?)(await system.CommandAsync(id))["status"] == "timedOut", "25 s after the approval");
    }

    [Fact]
    public async Task Restart_should_keep_what_waits_with_the_time_that_it_had_left()
    {
        var clock = new FakeTimeProvider(new StoredTime().GetUtcNow());
        await using var system = await StartAsync(clock);
        var anna = await system.PersonAsync();
        var kept = (string)(await system.AskAsync())["commandId"]!;
        var before = (await PendingAsync(anna)).Single()!.ToJsonString();
        await system.Gateway.StopAsync();
        clock.Advance(TimeSpan.FromSeconds(100));
        await system.Gateway.StartAsync();
        await system.ReconnectAsync();
        var again = new TestBrowser(system.Gateway);
        await again.LoginAsync("anna");
        Assert.Equal(before, (await PendingAsync(again)).Single()!.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await ApprovalFixture.ApproveAsync(again, kept)).StatusCode);
        Assert.Equal(kept, (await system.Node.NextAsync()).CommandId);

        var late = (string)(await system.AskAsync())["commandId"]!;
        await system.Gateway.StopAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        await system.Gateway.StartAsync();
        using var agent = system.Gateway.With(system.Gateway.AdminToken);
        await Eventually.TrueAsync(async () =>
        {
            // The sweep begins some time after the start; a second that passes before it does is none for it.
            await AdvanceAsync(clock, TimeSpan.FromSeconds(1));
            return (string?)(await agent.GetAsync($"api/commands/{late}").JsonAsync())["status"] == "denied";
        }, "it expired while the Gateway was away");
    }

    /// <summary>In steps, as the sweep looks every second.</summary>
    static async Task AdvanceAsync(FakeTimeProvider clock, TimeSpan time)
    {
        clock.Advance(time);
        await Task.Yield();
    }
}
