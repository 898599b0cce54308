using FsCheck;
using FsCheck.Fluent;
using Sophon.Node.Actors.Policy.Grants;
using Xunit;
using static Sophon.Node.Tests.Actors.Policy.Policies;

namespace Sophon.Node.Tests.Actors.Policy;

public sealed class GrantSpecs
{
    static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    static readonly MachineClock Start = new(Noon, 1_000_000, "boot");
    static readonly Grant TenMinutes = Grant.Create(Start, TimeSpan.FromMinutes(10), null, null, "cli me");

    static MachineClock After(TimeSpan monotonic, TimeSpan wall = default, string boot = "boot") =>
        new(Noon + (wall == default ? monotonic : wall), 1_000_000 + (long)monotonic.TotalMilliseconds, boot);

    [Fact]
    public void Grant_should_end_after_its_duration()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), TenMinutes.Remaining(After(TimeSpan.FromMinutes(9))));
        Assert.Equal(TimeSpan.Zero, TenMinutes.Remaining(After(TimeSpan.FromMinutes(10))));
    }

    [Fact]
    public void No_step_of_the_wall_clock_should_extend_it()
    {
        Assert.Equal(TimeSpan.Zero, TenMinutes.Remaining(After(TimeSpan.FromMinutes(11), wall: TimeSpan.FromMinutes(1))));
        Assert.Equal(TimeSpan.Zero, TenMinutes.Remaining(After(TimeSpan.FromMinutes(1), wall: TimeSpan.FromHours(-24))));
        Assert.Equal(TimeSpan.Zero, TenMinutes.Remaining(After(TimeSpan.FromMinutes(1), wall: TimeSpan.FromHours(24))));
    }

    [Fact]
    public void Restart_of_the_machine_should_end_it()
    {
        Assert.Equal(TimeSpan.Zero, TenMinutes.Remaining(After(TimeSpan.FromMinutes(1), boot: "another")));
        Assert.Equal(TimeSpan.Zero, TenMinutes.Remaining(new MachineClock(Noon.AddMinutes(1), 5, "boot")));
    }

    [Fact]
    public void It_should_hold_only_while_both_clocks_are_within_its_time() => Prop.ForAll(
        Gen.Choose(-100_000, 100_000).Two().ToArbitrary(),
        seconds =>
        {
            var clock = new MachineClock(Noon.AddSeconds(seconds.Item1), 1_000_000 + (seconds.Item2 * 1_000L), "boot");
            return TenMinutes.Remaining(clock) == TimeSpan.Zero || (seconds.Item1 is >= -2 and < 600 && seconds.Item2 is >= 0 and < 600);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Longer_than_a_day_should_be_no_grant() =>
        Assert.Equal(TimeSpan.Zero, (TenMinutes with { Duration = TimeSpan.FromDays(3_650) }).Remaining(Start));

    [Fact]
    public void Grant_for_a_program_should_cover_that_program_by_its_path()
    {
        var git = Grant.Create(Start, TimeSpan.FromMinutes(10), "/usr/bin/git", null, "cli me");
        Assert.True(git.Covers(Call("git", ["status"]), Start));
        Assert.False(git.Covers(Call("/tmp/git"), Start));
        Assert.True(TenMinutes.Covers(Call("/tmp/git"), Start));
    }

    [Fact]
    public void Grant_of_the_dialog_should_cover_that_call_and_no_other()
    {
        var call = Call("git", ["a", "b"], "/srv", new() { ["A"] = "1", ["B"] = null }, "in");
        var exact = Grant.Create(Start, TimeSpan.FromMinutes(10), null, call.Digest(), "dialog");
        Assert.True(exact.Covers(Call("git", ["a", "b"], "/srv", new() { ["B"] = null, ["A"] = "1" }, "in"), Start));
        foreach (var other in new[]
        {
            Call("git", ["ab"], "/srv", new() { ["A"] = "1", ["B"] = null }, "in"),
            Call("git", ["b", "a"], "/srv", new() { ["A"] = "1", ["B"] = null }, "in"),
            Call("git", ["a", "b"], "/srv2", new() { ["A"] = "1", ["B"] = null }, "in"),
            Call("git", ["a", "b"], null, new() { ["A"] = "1", ["B"] = null }, "in"),
            Call("git", ["a", "b"], "/srv", new() { ["A"] = "1", ["B"] = "" }, "in"),
            Call("git", ["a", "b"], "/srv", new() { ["A"] = "2", ["B"] = null }, "in"),
            Call("git", ["a", "b"], "/srv", new() { ["A"] = "1" }, "in"),
            Call("git", ["a", "b"], "/srv", new() { ["A"] = "1", ["B"] = null }, "in "),
            Call("git", ["a", "b"], "/srv", new() { ["A"] = "1", ["B"] = null }),
            Call("/usr/bin/git", ["a", "b"], "/srv", new() { ["A"] = "1", ["B"] = null }, "in"),
            call with { RealPath = "/usr/bin/other" },
            call with { Command = "app.launch" },
        })
        {
            Assert.False(exact.Covers(other, Start));
        }
    }
}
