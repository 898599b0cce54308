using Sophon.Node.Platform.Linux.Session;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Session;

public sealed class DisplayChoiceSpecs
{
    static readonly DisplayCandidate X = new(DisplayKind.X11, ":0", true, true), Wayland = new(DisplayKind.Wayland, "wayland-0", true, true);

    [Fact]
    public void Wayland_should_win_over_the_x_server_that_it_offers_besides()
    {
        Assert.Equal("WAYLAND_DISPLAY=wayland-0", Choose(null, X, Wayland).Reason);
        Assert.Equal(DisplayKind.Wayland, Choose("wayland", X, Wayland).Kind);
    }

    [Fact]
    public void Session_that_says_x11_should_be_believed() => Assert.Equal(DisplayKind.X11, Choose("x11", Wayland, X).Kind);

    [Fact]
    public void Other_named_display_should_serve_while_the_first_does_not_answer()
    {
        var choice = Choose(null, X, Wayland with { Listens = false });
        Assert.Equal((DisplayKind.X11, ":0"), (choice.Kind, choice.Name));
        Assert.Equal("DISPLAY=:0; WAYLAND_DISPLAY=wayland-0 does not answer", choice.Reason);
    }

    [Fact]
    public void Named_display_that_does_not_answer_should_be_waited_for()
    {
        var choice = Choose(null, X with { Listens = false });
        Assert.Equal((DisplayKind.X11, ":0"), (choice.Kind, choice.Name));
        Assert.Equal("DISPLAY=:0, which does not answer. It is tried again every 2 s", choice.Reason);
    }

    [Fact]
    public void Found_display_should_serve_where_none_is_named()
    {
        var choice = Choose(null, new DisplayCandidate(DisplayKind.X11, ":7", false, true));
        Assert.Equal((DisplayKind.X11, ":7"), (choice.Kind, choice.Name));
        Assert.Contains("found :7", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_display_should_be_none_with_the_reason()
    {
        var choice = Choose(null);
        Assert.Equal(DisplayKind.None, choice.Kind);
        Assert.Contains("neither DISPLAY nor WAYLAND_DISPLAY is set", choice.Reason, StringComparison.Ordinal);
    }

    static DisplayChoice Choose(string? type, params DisplayCandidate[] candidates) => DisplayChoice.Of(new(type, candidates));
}
