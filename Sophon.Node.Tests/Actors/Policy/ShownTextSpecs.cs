using FsCheck;
using FsCheck.Fluent;
using Sophon.Node.Actors.Policy;
using Xunit;

namespace Sophon.Node.Tests.Actors.Policy;

public sealed class ShownTextSpecs
{
    [Theory]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a\nb\tc\r", "\"a\\nb\\tc\\r\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData("safe\u202Egnp.exe", "\"safe\\u{202E}gnp.exe\"")]
    [InlineData("a\u200Bb\u00A0c\u0007", "\"a\\u{200B}b\\u{A0}c\\u{7}\"")]
    [InlineData("Grüße 世界 😀", "\"Grüße 世界 😀\"")]
    public void Nothing_invisible_should_be_shown_as_it_is(string text, string expected) => Assert.Equal(expected, ShownText.Quote(text, 100));

    [Fact]
    public void Long_text_should_show_head_end_length_and_hash()
    {
        var shown = ShownText.Quote(new string('a', 500) + new string('b', 500), 90);
        Assert.StartsWith("\"" + new string('a', 60) + " … " + new string('b', 30) + "\" (1,000 characters, SHA-256 ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_should_be_shown_on_one_line() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(),
        text => text is null || !ShownText.Quote(text, 40).Any(character => character is '\n' or '\r' or '\u2028' or '\u2029' or '\u202E' or '\u0085')).QuickCheckThrowOnFailure();
}
