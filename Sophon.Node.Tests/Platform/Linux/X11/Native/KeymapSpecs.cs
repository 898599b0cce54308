using System.Text;
using Sophon.Node.Platform.Linux.X11.Native;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class KeymapSpecs
{
    const byte Us = 0, De = 1, Ru = 2, Shift = 1, AltGr = 128;

    static readonly Keymap Map = RecordedKeymap.Load();

    [Theory]
    [InlineData("a", Us, 38, Us, 0)]
    [InlineData("A", Us, 38, Us, Shift)]
    [InlineData("y", Us, 29, Us, 0)]
    [InlineData("y", De, 52, De, 0)]
    [InlineData("ß", De, 20, De, 0)]
    [InlineData("€", De, 26, De, AltGr)]
    [InlineData("ф", Ru, 38, Ru, 0)]
    [InlineData("Ё", Ru, 49, Ru, Shift)]
    [InlineData("7", Ru, 16, Ru, 0)]
    [InlineData("\n", Ru, 36, Ru, 0)]
    [InlineData(" ", De, 65, De, 0)]
    public void A_character_should_be_found_in_the_layout_in_effect(string text, byte group, byte keycode, byte inGroup, byte modifiers)
    {
        Assert.True(Map.TryFind(Rune.GetRuneAt(text, 0), group, out var stroke));
        Assert.Equal(new KeyStroke(keycode, inGroup, modifiers), stroke);
    }

    [Theory]
    [InlineData("a", Ru, Us)]
    [InlineData("ф", Us, Ru)]
    [InlineData("ö", Us, De)]
    public void A_character_of_another_layout_should_be_found_there(string text, byte group, byte inGroup)
    {
        Assert.True(Map.TryFind(Rune.GetRuneAt(text, 0), group, out var stroke));
        Assert.Equal(inGroup, stroke.Group);
    }

    [Fact]
    public void A_dead_key_should_not_be_taken_for_its_character()
    {
        // On de the key left of 1 is dead_circumflex; ^ as such is on us only.
        Assert.True(Map.TryFind(new Rune('^'), De, out var stroke));
        Assert.Equal(Us, stroke.Group);
    }

    [Fact]
    public void Characters_that_no_layout_has_should_not_be_found() => Assert.False(Map.TryFind(new Rune('世'), Us, out _));

    [Fact]
    public void Spare_keycodes_should_be_those_without_symbols()
    {
        Assert.Equal(18, Map.Spare.Count);
        Assert.All(Map.Spare, keycode => Assert.DoesNotContain(Map.Symbols(keycode), symbol => symbol != 0));
    }

    [Fact]
    public void A_borrowed_key_should_have_four_levels() => Assert.Equal([0, Shift, AltGr, Shift | AltGr], Map.BorrowedLevels);

    [Fact]
    public void Held_modifiers_should_be_the_keys_that_are_down_and_no_locks()
    {
        var down = new byte[32];
        foreach (var keycode in (int[])[50, 37, 66, 77, 38]) down[keycode / 8] |= (byte)(1 << keycode % 8);

        Assert.Equal<byte>([37, 50], Map.HeldModifiers(down).Order());
    }
}
