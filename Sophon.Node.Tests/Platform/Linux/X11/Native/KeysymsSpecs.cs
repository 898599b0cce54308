using System.Text;
using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

public class KeysymsSpecs
{
    [Theory]
    [InlineData(0x61u, "a")]
    [InlineData(0xdfu, "ß")]
    [InlineData(0x20acu, "€")]
    [InlineData(0x6c6u, "ф")]
    [InlineData(0x6b3u, "Ё")]
    [InlineData(0x1b1u, "ą")]
    [InlineData(0x7e1u, "α")]
    [InlineData(0xce0u, "א")]
    [InlineData(0xda1u, "ก")]
    [InlineData(0x0101f600u, "😀")]
    [InlineData(0xff0du, "\n")]
    public void A_keysym_should_stand_for_its_character(uint keysym, string character) =>
        Assert.Equal(character, Keysyms.ToRune(keysym)?.ToString());

    [Theory]
    [InlineData(0xfe52u)] // dead_circumflex
    [InlineData(0xffb1u)] // KP_1: Num Lock decides
    [InlineData(0xffe1u)] // Shift_L
    [InlineData(0x0100d800u)] // no character
    [InlineData(0u)]
    public void Keys_that_type_no_character_should_stand_for_none(uint keysym) => Assert.Null(Keysyms.ToRune(keysym));

    [Fact]
    public void Every_character_should_have_a_keysym_that_stands_for_it()
    {
        for (var code = 0x20; code <= 0x10ffff; code += code < 0x3000 ? 1 : 97)
        {
            if (!Rune.IsValid(code) || Rune.IsControl(new Rune(code))) continue;
            Assert.Equal(new Rune(code), Keysyms.ToRune(Keysyms.FromRune(new Rune(code))));
        }
    }

    [Fact]
    public void Every_key_name_should_have_a_keysym() => Assert.All(KeyNames.Named, name => Assert.NotEqual(0u, Keysyms.FromName(name)));
}
