using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Platform.Windows.Native;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Input;

public sealed class KeyGestureSpecs
{
    readonly KeyGesture keys = new(new GermanLayout());

    [Fact]
    public void Characters_should_go_as_themselves_and_line_ends_as_keys() => Assert.Equal(
        ["U+00E9 down", "U+00E9 up", "U+D83D down", "U+D83D up", "U+DE00 down", "U+DE00 up", "0D/1D down", "0D/1D up", "09/19 down", "09/19 up"],
        Show("é😀\n\t".EnumerateRunes().SelectMany(keys.Type)));

    [Theory]
    [InlineData("enter", "0D/1D")]
    [InlineData("left", "25/35e")]
    [InlineData("f24", "87/97")]
    [InlineData("super", "5B/6Be")]
    public void Named_key_should_have_its_code_scan_code_and_prefix(string name, string key) =>
        Assert.Equal([$"{key} down", $"{key} up"], Press(name));

    [Fact]
    public void Modifiers_should_be_held_around_the_key_and_released_in_reverse() => Assert.Equal(
        ["A2/B2 down", "A0/B0 down", "41/51 down", "41/51 up", "A0/B0 up", "A2/B2 up"],
        Press("ctrl+shift+a"));

    [Fact]
    public void Character_should_bring_the_modifiers_that_the_layout_needs()
    {
        Assert.Equal(["A0/B0 down", "41/51 down", "41/51 up", "A0/B0 up"], Press("A"));
        Assert.Equal(["A0/B0 down", "41/51 down", "41/51 up", "A0/B0 up"], Press("shift+A"));
        // AltGr is control and the right Alt key.
        Assert.Equal(["A2/B2 down", "A5/B5e down", "51/61 down", "51/61 up", "A5/B5e up", "A2/B2 up"], Press("@"));
    }

    [Fact]
    public void Latin_letter_should_have_its_key_where_the_layout_types_another() =>
        Assert.Equal(["A2/B2 down", "43/53 down", "43/53 up", "A2/B2 up"], Press("ctrl+c"));

    [Fact]
    public void Character_without_a_key_should_be_typed_alone_and_refused_in_a_hotkey()
    {
        Assert.Equal(["U+65E5 down", "U+65E5 up"], Press("日"));
        var refusal = Assert.Throws<UnsupportedException>(() => Press("ctrl+日"));
        Assert.Contains("日", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Held_modifiers_should_be_released_behind_a_key_that_nobody_has() => Assert.Equal(
        ["E8/F8 down", "E8/F8 up", "A4/B4 up", "5B/6Be up"],
        Show(keys.Release([VirtualKeys.Alt, VirtualKeys.Super])));

    [Fact]
    public void Nothing_held_should_be_nothing_to_release() => Assert.Empty(keys.Release([]));

    [Fact]
    public void Every_named_key_should_have_a_code() =>
        Assert.All(KeyNames.Named, name => Assert.NotEqual(0, VirtualKeys.Of(name).Code));

    List<string> Press(string hotkey)
    {
        Assert.True(KeyChord.TryParseHotkey(KeyChord.Split(hotkey), out var chord, out var error), error);
        return Show(keys.Press(chord));
    }

    static List<string> Show(IEnumerable<Sophon.Node.Platform.Windows.Native.Input> gesture) =>
        [.. gesture.Select(input =>
        {
            var key = input.Data.Keyboard;
            var how = key.Flags.HasFlag(KeyFlags.Up) ? "up" : "down";
            return key.Flags.HasFlag(KeyFlags.Unicode)
                ? $"U+{key.ScanCode:X4} {how}"
                : $"{key.VirtualKey:X2}/{key.ScanCode:X2}{(key.Flags.HasFlag(KeyFlags.Extended) ? "e" : "")} {how}";
        })];

    // The letter a, and the at sign on AltGr+Q.
    sealed class GermanLayout : IKeyLayout
    {
        public ushort ScanCode(ushort virtualKey) => (ushort)(virtualKey + 0x10);

        public LayoutKey? Find(char character) => character switch
        {
            'a' => new LayoutKey('A', false, false),
            'A' => new LayoutKey('A', true, false),
            '@' => new LayoutKey('Q', false, true),
            _ => null,
        };
    }
}
