using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class StrokeWriterSpecs
{
    const byte ShiftKey = 50, AltGrKey = 92, ControlKey = 37, A = 38, B = 56, Shift = 1, CapsLock = 2, NumLock = 16, AltGr = 128;

    static readonly Keymap Map = RecordedKeymap.Load();
    static readonly KeyboardState Idle = new(0, 0, 0, []);

    [Fact]
    public void A_modifier_should_stay_down_while_the_level_stays()
    {
        var events = StrokeWriter.Type(Map, Idle, [new(A, 0, Shift), new(B, 0, Shift), new(A, 0, 0)]);

        Assert.Equal(["+50", "+38", "-38", "+56", "-56", "-50", "+38", "-38"], Keys(events));
    }

    [Fact]
    public void Two_modifiers_should_both_be_pressed() =>
        Assert.Equal(["+50", "+92", "+38", "-38", "-50", "-92"], Keys(StrokeWriter.Type(Map, Idle, [new(A, 0, Shift | AltGr)])));

    [Fact]
    public void Layouts_should_be_switched_and_put_back()
    {
        var events = StrokeWriter.Type(Map, Idle with { Group = 1, LockedGroup = 1 }, [new(A, 1, 0), new(A, 2, 0), new(B, 2, 0)]);

        Assert.Equal([null, 2, 1], events.OfType<XkbLock>().Select(change => (int?)change.Group));
    }

    [Fact]
    public void Caps_Lock_should_be_off_while_typing_and_on_again_after_it()
    {
        var events = StrokeWriter.Type(Map, Idle with { LockedModifiers = CapsLock | NumLock }, [new(A, 0, 0)]);

        Assert.Equal(new XkbLock(CapsLock, 0, null), events[0]);
        Assert.Equal(new XkbLock(CapsLock, CapsLock, 0), events[^1]);
    }

    [Fact]
    public void Held_modifiers_should_be_released_first_and_pressed_again_last()
    {
        var events = StrokeWriter.Type(Map, Idle with { HeldModifiers = [ControlKey] }, [new(A, 0, 0)]);

        Assert.Equal(["-37", "+38", "-38", "+37"], Keys(events));
    }

    [Fact]
    public void A_chord_should_nest_and_press_what_the_level_needs_as_well() =>
        Assert.Equal(["+37", "+50", "+38", "-38", "-50", "-37"], Keys(StrokeWriter.Press(Map, Idle, new(A, 0, Shift), [ControlKey], keepLocks: false)));

    [Fact]
    public void A_modifier_named_and_needed_should_be_pressed_once() =>
        Assert.Equal(["+50", "+38", "-38", "-50"], Keys(StrokeWriter.Press(Map, Idle, new(A, 0, Shift), [ShiftKey], keepLocks: false)));

    [Fact]
    public void A_lock_key_should_not_be_undone() =>
        Assert.All(StrokeWriter.Press(Map, Idle with { LockedModifiers = CapsLock }, new(66, 0, 0), [], keepLocks: true).OfType<XkbLock>(),
            change => Assert.Equal(0, change.AffectLocks));

    static IEnumerable<string> Keys(IEnumerable<Request> events) =>
        events.OfType<FakeInput>().Select(key => $"{(key.Type == 2 ? '+' : '-')}{key.Code}");
}
