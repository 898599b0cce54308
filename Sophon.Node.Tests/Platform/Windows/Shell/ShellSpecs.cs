using Sophon.Node.Platform.Windows;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Shell;

public sealed class ShellSpecs
{
    [Theory]
    [InlineData("abc", 4, "abc")]
    [InlineData("abcd", 4, "ab…")]
    [InlineData("a😀bcd", 5, "a😀…")]
    [InlineData("ab😀cd", 5, "ab…")]
    public void Text_should_fit_with_its_zero_and_cut_no_character(string text, int capacity, string fitted) =>
        Assert.Equal(fitted, FixedText.Fit(text, capacity));

    [Fact]
    public void Menu_should_offer_what_the_state_allows()
    {
        Assert.Equal([TrayChoice.Pause, TrayChoice.OpenDashboard, null, TrayChoice.Quit], TrayMenu.For(TrayState.Online).Select(item => item.Choice));
        Assert.Equal(TrayChoice.Resume, TrayMenu.For(TrayState.Paused)[0].Choice);
    }

    [Theory]
    [InlineData(TrayState.Offline, 0x8B, 0x94, 0x9E)]
    [InlineData(TrayState.Online, 0x2E, 0xA0, 0x43)]
    [InlineData(TrayState.Paused, 0xD2, 0x99, 0x22)]
    public void Icon_should_be_a_disc_in_the_states_colour(TrayState state, byte red, byte green, byte blue)
    {
        var pixels = TrayGlyph.Render(state, 32, 32);

        Assert.Equal([blue, green, red, 255], Pixel(pixels, 16, 4));
        Assert.Equal(0, Pixel(pixels, 0, 0)[3]);
        // The bars of "paused" lie left and right of the middle.
        Assert.Equal(state == TrayState.Paused, Pixel(pixels, 20, 16).SequenceEqual(new byte[] { 255, 255, 255, 255 }));
    }

    static byte[] Pixel(byte[] pixels, int x, int y) => pixels[((y * 32 + x) * 4)..((y * 32 + x) * 4 + 4)];
}
