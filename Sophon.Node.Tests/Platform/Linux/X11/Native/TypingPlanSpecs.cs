using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class TypingPlanSpecs
{
    static readonly Keymap Map = RecordedKeymap.Load();

    [Fact]
    public void Line_ends_of_every_kind_should_be_one_Enter() =>
        Assert.Equal("a\nb\nc\nd", string.Concat(TypedText.Read("a\r\nb\nc\rd")));

    [Theory]
    [InlineData("a\u0007", "U+0007")]
    [InlineData("a\u001b[A", "U+001B")]
    public void What_no_keyboard_types_should_be_refused_by_name(string text, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidInputException>(() => TypedText.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_lone_surrogate_should_be_refused_with_its_place() =>
        Assert.Contains("U+D83D) at position 1", Assert.Throws<InvalidInputException>(() => TypedText.Read("a\ud83d")).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_of_the_layouts_should_borrow_nothing_and_stay_in_a_layout_as_long_as_it_can()
    {
        var segment = Assert.Single(Cut("ab, Привет, 12 ok"));

        Assert.Empty(segment.Borrows);
        // The comma is on ru too, so it does not lead back.
        Assert.Equal([0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0], segment.Strokes.Select(stroke => (int)stroke.Group));
    }

    [Fact]
    public void Each_unknown_character_should_borrow_one_level_of_a_key()
    {
        var segment = Assert.Single(Cut("世界世你好吗"));

        Assert.Equal(2, segment.Borrows.Count);
        Assert.Equal([.. "世界你好".Select(c => 0x01000000u + c)], segment.Borrows[0].Symbols);
        Assert.Equal([0x01000000u + '吗', 0, 0, 0], segment.Borrows[1].Symbols);
        Assert.Equal(segment.Strokes[0], segment.Strokes[2]);
        Assert.Equal([0, 1, 0, 128, 129, 0], segment.Strokes.Select(stroke => (int)stroke.Modifiers));
    }

    [Fact]
    public void More_characters_than_keys_should_take_segments_that_use_the_keys_again()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(i => (char)(0x4e00 + i)));

        var segments = Cut(text);

        Assert.Equal([72, 72, 56], segments.Select(segment => segment.Strokes.Count));
        Assert.Equal([false, true, true], segments.Select(segment => segment.Reuses));
        Assert.Equal(text, Typed(segments));
    }

    [Fact]
    public void A_character_on_a_key_that_was_borrowed_before_should_be_typed_there() =>
        Assert.Equal([93, 93], Assert.Single(CutWithWorldBorrowed("世界世")).Strokes.Where((_, i) => i != 1).Select(stroke => (int)stroke.Keycode));

    [Fact]
    public void What_the_map_says_of_keys_that_are_used_again_should_not_be_believed()
    {
        // 17 free keys hold 68 characters; then key 93 gets a new meaning as well, and 世 needs a place.
        var others = string.Concat(Enumerable.Range(0, 72).Select(i => (char)(0x5000 + i)));

        var segments = CutWithWorldBorrowed("世" + others + "世");

        Assert.Equal([69, 5], segments.Select(segment => segment.Strokes.Count));
        var place = segments[1].Strokes[^1];
        Assert.Contains(0x01000000u + '世', segments[1].Borrows.Single(key => key.Keycode == place.Keycode).Symbols);
    }

    [Fact]
    public void Without_spare_keycodes_the_error_should_name_the_character()
    {
        var error = Assert.Throws<UnsupportedException>(() => TypingPlan.Cut(Map, 0, TypedText.Read("a世"), [], []).ToList());
        Assert.Contains("世", error.Message, StringComparison.Ordinal);
    }

    static List<TypingSegment> Cut(string text) => [.. TypingPlan.Cut(Map, 0, TypedText.Read(text), Map.Spare, Map.Spare)];

    static List<TypingSegment> CutWithWorldBorrowed(string text)
    {
        var keymap = RecordedKeymap.With(new BorrowedKey(93, [0x01000000u + '世', 0, 0, 0]), Map.BorrowedType);
        return [.. TypingPlan.Cut(keymap, 0, TypedText.Read(text), keymap.Spare, [.. keymap.Spare, 93])];
    }

    // What a keyboard with the segments' keys would type.
    static string Typed(List<TypingSegment> segments) => string.Concat(segments.SelectMany(segment => segment.Strokes.Select(stroke =>
        Keysyms.ToRune(segment.Borrows.Single(key => key.Keycode == stroke.Keycode).Symbols[Map.BorrowedLevels.ToList().IndexOf(stroke.Modifiers)]))));
}
