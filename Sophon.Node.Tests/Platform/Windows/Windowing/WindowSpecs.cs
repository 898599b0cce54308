using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Platform.Windows.Native;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Windowing;

public sealed class WindowSpecs
{
    static readonly WindowTraits Ordinary = new(true, false, WindowStyles.Caption, 0, "Notepad", "Untitled");

    [Fact]
    public void Ordinary_window_should_belong_to_its_application() => Assert.True(Ordinary.BelongToApplication);

    [Fact]
    public void Windows_that_no_person_calls_one_should_be_left_out()
    {
        Assert.False((Ordinary with { Visible = false }).BelongToApplication);
        Assert.False((Ordinary with { Cloaked = true }).BelongToApplication);
        Assert.False((Ordinary with { ExtendedStyle = WindowStyles.ToolWindow }).BelongToApplication);
        Assert.False((Ordinary with { ExtendedStyle = WindowStyles.NoActivate }).BelongToApplication);
        Assert.False((Ordinary with { Class = "Progman" }).BelongToApplication);
        Assert.False((Ordinary with { Title = "", Style = 0 }).BelongToApplication);
    }

    [Fact]
    public void Window_that_asks_for_the_taskbar_should_be_listed_and_so_should_an_unnamed_one_with_a_frame()
    {
        Assert.True((Ordinary with { ExtendedStyle = WindowStyles.ToolWindow | WindowStyles.AppWindow }).BelongToApplication);
        Assert.True((Ordinary with { Title = "" }).BelongToApplication);
    }

    [Theory]
    [InlineData("0x1a2b", 0x1a2b)]
    [InlineData("0X00010C", 0x10c)]
    [InlineData("0xffffffff", 0xffffffffL)]
    public void Id_should_be_read(string id, long handle) => Assert.Equal((nint)handle, WindowId.Parse(id));

    [Theory]
    [InlineData("1a2b")]
    [InlineData("0x")]
    [InlineData("0x-1")]
    [InlineData("0x1ffffffff")]
    [InlineData("no id")]
    public void Other_text_should_be_no_id(string id) => Assert.Null(WindowId.Parse(id));

    [Fact]
    public void Id_should_come_back() => Assert.Equal("0xfffe0012", WindowId.Format(WindowId.Parse("0xFFFE0012")!.Value));

    [Fact]
    public void Invisible_borders_should_be_added_to_the_frame_that_was_asked()
    {
        // Windows 10: 7 pixels at the left, the right and the bottom.
        var info = new WindowInfo("0x1", "", "", 1, new ScreenRectangle(100, 50, 800, 600), false, false);
        var window = new WindowFacts(1, info, false, new ScreenRectangle(93, 50, 814, 607));

        Assert.Equal(new ScreenRectangle(-7, 0, 414, 307), window.OuterFor(new ScreenRectangle(0, 0, 400, 300)));
    }
}
