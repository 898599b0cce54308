using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

public sealed class KeymapSpecs
{
    static Rune[] Runes(string text) => [.. text.EnumerateRunes()];

    [Fact]
    public void Named_keys_should_all_have_a_code_of_their_own()
    {
        Assert.Empty(KeyNames.Named.Except(KeyTable.Named.Keys));
        var codes = KeyTable.Named.Values.Select(key => key.Code).Concat(KeyTable.Characters.Keys).Concat(KeyTable.FreeCodes).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.InRange(code, 1u, 247u));
    }

    [Theory]
    [InlineData("f1", 59u)]
    [InlineData("f10", 68u)]
    [InlineData("f11", 87u)]
    [InlineData("f12", 88u)]
    [InlineData("f13", 183u)]
    [InlineData("f24", 194u)]
    public void Function_keys_should_have_the_kernels_codes(string name, uint code) => Assert.Equal(code, KeyTable.Named[name].Code);

    [Theory]
    [InlineData('a', 30u, false)]
    [InlineData('A', 30u, true)]
    [InlineData('1', 2u, false)]
    [InlineData('!', 2u, true)]
    [InlineData('?', 53u, true)]
    [InlineData('\\', 43u, false)]
    [InlineData('`', 41u, false)]
    [InlineData(' ', 57u, false)]
    public void Ascii_should_lie_where_a_us_keyboard_has_it(char character, uint code, bool shifted) =>
        Assert.Equal((code, shifted), KeyTable.Find(new Rune(character)));

    [Fact]
    public void Every_printable_ascii_character_should_have_a_fixed_key() =>
        Assert.All(Enumerable.Range(' ', '~' - ' ' + 1), code => Assert.NotNull(KeyTable.Find(new Rune(code))));

    [Fact]
    public void Keymap_should_stay_the_same_while_it_has_all_that_is_needed()
    {
        var keymap = Keymap.Basic.With(Runes("äöü"));

        Assert.Same(Keymap.Basic, Keymap.Basic.With(Runes("plain ASCII")));
        Assert.Same(keymap, keymap.With(Runes("öä")));
        Assert.NotSame(keymap, keymap.With(Runes("ß")));
    }

    [Fact]
    public void Keymap_should_keep_what_it_had_until_it_is_full()
    {
        var keymap = Keymap.Basic.With(Runes("ä")).With(Runes("€"));
        keymap.StrokeOf(new Rune('ä'));

        var others = Enumerable.Range(0x4e00, Keymap.Capacity).Select(code => new Rune(code)).ToList();
        var full = keymap.With(others);

        Assert.All(others, character => full.StrokeOf(character));
        Assert.Throws<KeyNotFoundException>(() => full.StrokeOf(new Rune('ä')));
    }

    [Fact]
    public void Text_should_become_keys_with_enter_and_tab()
    {
        var keys = TypingPlan.Read("a\r\nb\n\t😀");

        Assert.Equal(["a", "enter", "b", "enter", "tab", "😀"], keys.Select(key => key.ToString()));
    }

    [Theory]
    [InlineData("ab\u0007", "U+0007", "3")]
    [InlineData("a\rb", "U+000D", "2")]
    public void What_no_key_types_should_be_named_with_its_place(string text, string name, string place)
    {
        var refused = Assert.Throws<InvalidInputException>(() => TypingPlan.Read(text));

        Assert.Contains(name, refused.Message);
        Assert.Contains($"character {place}", refused.Message);
    }

    // Attributes can't carry half a pair: the compiler writes them as UTF-8.
    [Fact]
    public void Half_a_surrogate_pair_should_be_named_with_its_place()
    {
        Assert.Contains("(U+D800) as its character 1", Assert.Throws<InvalidInputException>(() => TypingPlan.Read("\ud800x")).Message);
        Assert.Contains("(U+DC00) as its character 2", Assert.Throws<InvalidInputException>(() => TypingPlan.Read("ü\udc00")).Message);
    }

    [Fact]
    public void Pieces_should_never_need_more_than_fits()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(index => (char)(0x4e00 + index % 7)));

        var pieces = TypingPlan.Pieces(TypingPlan.Read(text), capacity: 3).ToList();

        Assert.Equal(text, string.Concat(pieces.SelectMany(piece => piece)));
        Assert.All(pieces, piece => Assert.InRange(piece.Distinct().Count(), 1, 3));
    }
}
