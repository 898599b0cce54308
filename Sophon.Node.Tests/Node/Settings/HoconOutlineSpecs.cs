using Sophon.Node.Settings;
using Xunit;

namespace Sophon.Node.Tests.Node.Settings;

public sealed class HoconOutlineSpecs
{
    [Fact]
    public void Keys_should_come_with_their_lines()
    {
        var entries = HoconOutline.Read("a = 1\nb {\n  c.d : \"x } y\" # }\n  // e = 2\n  \"f\" = [1,\n 2]\n}\ng += 3, h = \"\"\"\n\n\"\"\"\ni = 1 2 3");
        Assert.Equal(
            [
                new("a", 1, false, "1"), new("b", 2, true), new("b.c.d", 3, false, "\"x } y\""), new("b.f", 5, false, "[1,\n 2]"), new("g", 8, false, "3"),
                new("h", 8, false, "\"\"\"\n\n\"\"\""), new("i", 11, false, "1 2 3"),
            ],
            entries);
    }

    [Theory]
    [InlineData("a {\n b = 1\n", 1, "never closed")]
    [InlineData("a = 1\n}", 2, "closes nothing")]
    [InlineData("a =\nb = 1", 1, "has no value")]
    [InlineData("a = 1\nb", 2, "is missing")]
    [InlineData("= 3", 1, "can't have the character '='")]
    [InlineData("a = \"x\nb = 1", 1, "double quote of this line")]
    [InlineData("a = \"\"\"x\n\n", 1, "double quote of this line")]
    [InlineData("a = 1\nb = [1,\n2", 2, "[ of this line")]
    [InlineData("a = b = c", 1, "double quotes")]
    [InlineData("a = http://x", 1, "double quotes")]
    [InlineData("a = ${b}", 1, "substitution")]
    [InlineData("include \"x\"", 1, "is missing")]
    [InlineData("a {{ b = 1 } }", 1, "can't have the character '{'")]
    [InlineData("a.", 1, "a key is missing")]
    public void Mistakes_should_be_named_with_their_line(string text, int line, string message)
    {
        var error = Assert.Throws<HoconException>(() => HoconOutline.Read(text));
        Assert.Equal(line, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Each one ended the program with a stack overflow, or kept it busy for minutes.</summary>
    [Theory]
    [InlineData("a {", "parts")]
    [InlineData("a.", "parts")]
    [InlineData("[", "lists")]
    public void Depth_should_have_an_end(string piece, string message)
    {
        var text = (piece == "[" ? "a = " : "") + string.Concat(Enumerable.Repeat(piece, 20_000)) + "a";
        var error = Assert.Throws<HoconException>(() => HoconOutline.Read(text));
        Assert.Equal(1, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
