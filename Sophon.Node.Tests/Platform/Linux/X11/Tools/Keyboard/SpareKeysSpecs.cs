using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Platform.Linux.X11.Tools;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools.Keyboard;

public sealed class SpareKeysSpecs
{
    static readonly Keysym A = new(0x1004e01), B = new(0x1004e02), C = new(0x1004e03), D = new(0x1004e04);

    readonly FakeTimeProvider time = new();
    readonly SpareKeys spareKeys;
    readonly Dictionary<int, Keysym?> keycodes = new() { [93] = null, [97] = null, [120] = null };

    public SpareKeysSpecs() => spareKeys = new SpareKeys(time);

    [Fact]
    public void Free_keycodes_should_be_lent_first_and_at_once()
    {
        Assert.Equal((93, TimeSpan.Zero, false), Lend(A));
        Assert.Equal((97, TimeSpan.Zero, false), Lend(B));
    }

    [Fact]
    public void Character_that_has_a_keycode_should_keep_it()
    {
        Lend(A);
        Lend(B);

        var again = spareKeys.Lend(Map(), [A]);

        Assert.Empty(again.Lines);
        Assert.Equal(93, again.Keycodes[A]);
    }

    [Fact]
    public void Least_recently_used_keycode_should_be_taken_when_none_is_free()
    {
        Lend(A);
        Lend(B);
        Lend(C);
        time.Advance(TimeSpan.FromSeconds(1));
        Lend(A);

        Assert.Equal((97, TimeSpan.Zero, true), Lend(D));
    }

    [Fact]
    public void Keycode_used_just_now_should_wait_until_it_settles()
    {
        Lend(A);
        Lend(B);
        Lend(C);
        time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal((93, SpareKeys.SettleTime - TimeSpan.FromMilliseconds(100), true), Lend(D));
    }

    [Fact]
    public void Keycode_used_long_ago_should_need_no_rest_of_the_client()
    {
        Lend(A);
        Lend(B);
        Lend(C);
        time.Advance(SpareKeys.LongAgo);

        Assert.Equal((93, TimeSpan.Zero, false), Lend(D));
    }

    [Fact]
    public void Time_until_all_are_settled_should_be_told()
    {
        Assert.Equal(TimeSpan.Zero, spareKeys.UntilSettled());
        Lend(A);
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(SpareKeys.SettleTime - TimeSpan.FromMilliseconds(50), spareKeys.UntilSettled());
    }

    (int Keycode, TimeSpan Wait, bool AwaitClient) Lend(Keysym keysym)
    {
        var loan = spareKeys.Lend(Map(), [keysym]);
        keycodes[loan.Keycodes[keysym]] = keysym;
        spareKeys.Used();
        return (loan.Keycodes[keysym], loan.Wait, loan.AwaitClient);
    }

    KeyboardMap Map() => KeyboardMap.Parse(string.Concat(keycodes.Select(pair => pair.Value is { } keysym
        ? $"    {pair.Key,3}    \t{keysym} (X)\t{keysym} (X)\t0xffffff (VoidSymbol)\t0xffffff (VoidSymbol)\t\n"
        : $"    {pair.Key,3}    \t\n")));
}
