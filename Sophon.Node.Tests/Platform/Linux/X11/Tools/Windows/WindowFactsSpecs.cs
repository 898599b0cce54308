using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools.Windows;

public sealed class WindowFactsSpecs
{
    const string Properties = """
        WM_CLASS = "xterm", "XTerm"
        _NET_WM_PID = 27432
        _NET_FRAME_EXTENTS = 1, 2, 20, 5
        _NET_WM_STATE = _NET_WM_STATE_MAXIMIZED_VERT, _NET_WM_STATE_MAXIMIZED_HORZ
        _NET_WM_WINDOW_TYPE:  not found.
        WM_STATE:
        		window state: Normal
        		icon window: 0x0
        _NET_WM_NAME = "t "q" = é, x"
        WM_NAME = "old"
        """;

    [Fact]
    public void Facts_should_be_read_from_the_properties()
    {
        var facts = WindowFacts.Read(0x40000c, Properties, new ScreenRectangle(100, 50, 400, 300), focused: true);

        Assert.Equal(new WindowInfo("0x40000c", "t \"q\" = é, x", "XTerm", 27432, new ScreenRectangle(99, 30, 403, 325), true, false), facts.Info);
        Assert.True(facts.Maximized);
        Assert.False(facts.IsShell);
    }

    [Theory]
    [InlineData("WM_STATE:\n\t\twindow state: Iconic", true)]
    [InlineData("_NET_WM_STATE = _NET_WM_STATE_HIDDEN", true)]
    [InlineData("_NET_WM_STATE = ", false)]
    public void Minimised_should_be_either_sign(string properties, bool minimized) =>
        Assert.Equal(minimized, Read(properties).Info.Minimized);

    [Fact]
    public void Window_without_properties_should_still_be_a_window()
    {
        var info = Read("_NET_WM_NAME:  not found.\nNOSUCH:  no such atom on any window.").Info;

        Assert.Equal(("", "", null), (info.Title, info.App, info.ProcessId));
    }

    [Fact]
    public void Title_should_not_pose_as_another_property()
    {
        var facts = Read("WM_CLASS = \"a\", \"A\"\n_NET_WM_PID = 1\n_NET_WM_NAME = \"evil\n_NET_WM_PID = 666\nWM_CLASS = \"b\", \"B\"\"");

        Assert.Equal(("A", 1), (facts.Info.App, facts.Info.ProcessId));
    }

    [Theory]
    [InlineData("DOCK")]
    [InlineData("DESKTOP")]
    public void Panels_and_desktops_should_be_no_application(string type) =>
        Assert.True(Read($"_NET_WM_WINDOW_TYPE = _NET_WM_WINDOW_TYPE_{type}").IsShell);

    [Fact]
    public void Root_should_list_its_windows()
    {
        var text = new XpropText("_NET_CLIENT_LIST_STACKING: window id # 0x1, 0x40000c\n_NET_ACTIVE_WINDOW: window id # 0x0\n_NET_CLIENT_LIST:  not found.");

        Assert.Equal([1u, 0x40000cu], text.WindowIds("_NET_CLIENT_LIST_STACKING"));
        Assert.Equal([0u], text.WindowIds("_NET_ACTIVE_WINDOW"));
        Assert.Empty(text.WindowIds("_NET_CLIENT_LIST"));
    }

    [Fact]
    public void Places_should_be_read_from_the_tree()
    {
        var places = WindowTree.Parse("""

            xwininfo: Window id: 0x50d (the root window) (has no name)

                 2 children:
                 0x200001 (has no name): ()  490x341+398+229  +398+229
                    1 child:
                    0x40000c "t "q" 1x1+0+0  +7+7": ("xterm" "XTerm")  484x316+1+20  +-5+249
            """.ReplaceLineEndings("\n"));

        Assert.Equal(new ScreenRectangle(398, 229, 490, 341), places[0x200001]);
        Assert.Equal(new ScreenRectangle(-5, 249, 484, 316), places[0x40000c]);
    }

    [Theory]
    [InlineData("0x40000C", 0x40000cu)]
    [InlineData("17", 17u)]
    [InlineData("0x", null)]
    [InlineData("-1", null)]
    [InlineData("window", null)]
    public void Id_should_be_read(string text, uint? id) => Assert.Equal(id, WindowId.Parse(text));

    static WindowFacts Read(string properties) => WindowFacts.Read(1, properties, new ScreenRectangle(0, 0, 10, 10), false);
}
