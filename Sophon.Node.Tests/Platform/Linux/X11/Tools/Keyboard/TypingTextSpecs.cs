using System.Text;
using Sophon.Node.Platform.Linux.X11.Tools;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools.Keyboard;

public sealed class TypingTextSpecs
{
    [Theory]
    [InlineData("a\nb", "a\rb")]
    [InlineData("a\r\nb\r\rc", "a\rb\r\rc")]
    [InlineData("\n\n", "\r\r")]
    [InlineData("\ta 😀", "\ta 😀")]
    [InlineData("a\\nb", "a\\nb")]
    public void Line_ends_of_any_kind_should_be_enter(string text, string typed) =>
        Assert.Equal(typed, string.Concat(TypingText.Read(text)));

    [Theory]
    [InlineData("abc", 2, "abc")]
    [InlineData("a世界b世c", 2, "a世界b世c")]
    [InlineData("a世界b中国c", 2, "a世界b|中国c")]
    [InlineData("世界中", 1, "世|界|中")]
    [InlineData("aẞb世", 2, "a|ẞ|b世")]
    [InlineData("ẞẞ", 2, "ẞ|ẞ")]
    public void Pieces_should_need_no_more_keys_than_there_are(string text, int spareKeys, string pieces)
    {
        var split = Split(text, spareKeys);

        Assert.Equal(pieces.Split('|'), split.Select(piece => piece.Text));
        Assert.All(split, piece => Assert.InRange(piece.Missing.Count, 0, spareKeys));
        Assert.All(split, piece => Assert.Equal(piece.Text == "ẞ", piece.Hidden));
    }

    static List<TypingText.Piece> Split(string text, int spareKeys) =>
        [.. TypingText.Split(TypingText.Read(text), rune => rune.IsAscii, keysym => keysym == Keysym.Of(new Rune('ẞ')), spareKeys)];
}
