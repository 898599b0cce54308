using Microsoft.Extensions.Time.Testing;
using Sophon.Gateway.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Pairing;

public class FailedAttemptsSpecs
{
    [Fact]
    public void Address_should_wait_after_twenty_failures_in_a_minute()
    {
        var time = new FakeTimeProvider();
        var failures = new FailedAttempts(time);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.Null(failures.Add("10.0.0.1", $"id{attempt}").Wait);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(40), failures.Add("10.0.0.1", "id").Wait);
        Assert.Null(failures.Add("10.0.0.2", "id").Wait);
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(failures.Add("10.0.0.1", "id").Wait);
        Assert.NotNull(failures.Add("10.0.0.1", "id").Wait);
    }

    [Fact]
    public void Id_should_die_at_the_fifth_failure_and_live_again_with_a_new_secret()
    {
        var failures = new FailedAttempts(new FakeTimeProvider());
        Assert.Equal([false, false, false, false, true, false], Enumerable.Range(0, 6).Select(_ => failures.Add("10.0.0.1", "id").IdDies));
        failures.Forget("id");
        Assert.Equal([false, false, false, false, true], Enumerable.Range(0, 5).Select(_ => failures.Add("10.0.0.1", "id").IdDies));
    }

    [Fact]
    public void Memory_should_stay_bounded_however_many_addresses_and_ids_are_tried()
    {
        var failures = new FailedAttempts(new FakeTimeProvider());
        for (var attempt = 0; attempt < 30_000; attempt++) failures.Add($"address {attempt}", $"id {attempt}");
        Assert.InRange(failures.Remembering, 1, 40_000);
    }
}
