using System.Text;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Linux.Wayland.Tools;
using Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Tools;

/// <summary>Against the help texts of ydotool 0.1.8 and 1.0.4, libevdevPlus' table of key names, and wtype(1).</summary>
public sealed class ToolArgumentsSpecs
{
    static KeyChord Chord(string keys) => KeyChord.TryParseHotkey(KeyChord.Split(keys), out var chord, out var error) ? chord : throw new ArgumentException(error);

    [Theory]
    [InlineData("ctrl+shift+t", "ctrl+shift+t")]
    [InlineData("escape", "esc")]
    [InlineData("ctrl++", "ctrl+shift+=")]
    [InlineData("shift+print", "shift+sysrq")]
    [InlineData("super", "super")]
    [InlineData("ctrl+space", "ctrl+ ")]
    [InlineData("alt+f4", "alt+f4")]
    [InlineData("T", "shift+t")]
    public void Classic_ydotool_should_get_its_own_key_names(string keys, string expected) =>
        Assert.Equal(["key", expected], YdotoolCommands.Classic.Press(Chord(keys)));

    [Theory]
    [InlineData("ctrl+ü")]
    [InlineData("f13")]
    [InlineData("f20")]
    [InlineData("menu")]
    public void Classic_ydotool_should_refuse_keys_that_it_lacks(string keys)
    {
        var refused = Assert.Throws<UnsupportedException>(() => YdotoolCommands.Classic.Press(Chord(keys)));
        Assert.Contains("wtype", refused.Message);
    }

    [Theory]
    [InlineData("ctrl+shift+t", "29:1 42:1 20:1 20:0 42:0 29:0")]
    [InlineData("enter", "28:1 28:0")]
    [InlineData("ctrl++", "29:1 42:1 13:1 13:0 42:0 29:0")]
    [InlineData("f24", "194:1 194:0")]
    public void Modern_ydotool_should_get_key_codes(string keys, string expected) =>
        Assert.Equal(["key", .. expected.Split(' ')], YdotoolCommands.Modern.Press(Chord(keys)));

    [Fact]
    public void Ydotool_should_move_and_click_in_both_generations()
    {
        Assert.Equal(["mousemove", "12", "34"], YdotoolCommands.Classic.Move(12, 34));
        Assert.Equal([["click", "3"]], YdotoolCommands.Classic.Click(PointerButton.Middle, 1));
        Assert.Equal([["click", "2"], ["click", "--delay", "20", "2"]], YdotoolCommands.Classic.Click(PointerButton.Right, 2));
        Assert.Equal(["mousemove", "--absolute", "-x", "12", "-y", "34"], YdotoolCommands.Modern.Move(12, 34));
        Assert.Equal([["click", "--repeat", "2", "0xC0"]], YdotoolCommands.Modern.Click(PointerButton.Left, 2));
        Assert.Equal([["click", "0xC2"]], YdotoolCommands.Modern.Click(PointerButton.Middle, 1));
    }

    [Fact]
    public void Scrolling_down_should_be_negative_for_the_kernels_wheel_and_impossible_for_the_classic_one()
    {
        Assert.Equal(["mousemove", "--wheel", "-x", "2", "-y", "-3"], YdotoolCommands.Modern.Scroll(2, 3));
        Assert.Contains("native", Assert.Throws<UnsupportedException>(() => YdotoolCommands.Classic.Scroll(0, 1)).Message);
    }

    [Theory]
    [InlineData("ctrl+t", "-M ctrl -k U0074 -m ctrl")]
    [InlineData("ctrl+shift+t", "-M ctrl -M shift -k U0054 -m shift -m ctrl")]
    [InlineData("shift+ä", "-M shift -k U00C4 -m shift")]
    [InlineData("shift+1", "-M shift -k U0021 -m shift")]
    [InlineData("super+left", "-M logo -k Left -m logo")]
    [InlineData("ü", "-k U00FC")]
    [InlineData("pageup", "-k Prior")]
    public void Wtype_should_hold_the_modifiers_around_the_key(string keys, string expected) =>
        Assert.Equal(["-s", "200", .. expected.Split(' ')], Wtype.Press(Chord(keys)));

    [Fact]
    public void Wtype_should_get_the_text_on_its_standard_input()
    {
        Assert.Equal("-", Wtype.TypeStandardInput[^1]);
        Assert.Equal("a\nb\t\"$x\" \\ 😀", Encoding.UTF8.GetString(Wtype.Input("a\r\nb\t\"$x\" \\ 😀")));
    }

    [Theory]
    [InlineData(new[] { "image/png", "STRING", "text/plain;charset=utf-8" }, "text/plain;charset=utf-8")]
    [InlineData(new[] { "text/plain", "TEXT" }, "text/plain")]
    [InlineData(new[] { "text/plain;charset=UTF-8" }, "text/plain;charset=UTF-8")]
    [InlineData(new[] { "image/png" }, null)]
    [InlineData(new string[0], null)]
    public void Clipboard_should_choose_the_best_name_for_text(string[] offered, string? expected) =>
        Assert.Equal(expected, ClipboardTypes.Choose(offered));

    [Fact]
    public void Ppm_should_be_read_into_blue_green_red()
    {
        var picture = PixMap.Read([.. "P6\n2 1\n255\n"u8, 1, 2, 3, 4, 5, 6]);
        var image = new PixelImage(1, 1, new byte[4]);

        picture.CopyTo(image, new ScreenRectangle(1, 0, 1, 1), new ScreenPoint(0, 0));

        Assert.Equal((2, 1), (picture.Width, picture.Height));
        Assert.Equal([6, 5, 4, 255], image.Bgra.ToArray());
    }

    [Theory]
    [InlineData("P6\n2 1\n255\nabc")]
    [InlineData("P5\n1 1\n255\nabc")]
    [InlineData("P6\n1 1\n65535\nabcdef")]
    [InlineData("P6")]
    [InlineData("")]
    public void Broken_ppm_should_be_an_error(string file) =>
        Assert.Throws<ActionFailedException>(() => PixMap.Read(Encoding.ASCII.GetBytes(file)).Width);
}
