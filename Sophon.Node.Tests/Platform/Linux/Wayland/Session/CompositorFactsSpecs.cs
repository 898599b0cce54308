using Sophon.Node.Platform.Linux.Wayland.Session;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Session;

public sealed class CompositorFactsSpecs
{
    static readonly string[] Wlroots =
        ["wl_shm", "zwlr_screencopy_manager_v1", "zwlr_virtual_pointer_manager_v1", "zwp_virtual_keyboard_manager_v1", "zxdg_output_manager_v1"];

    [Fact]
    public void What_it_offers_should_count_more_than_what_the_session_calls_itself()
    {
        Assert.Equal(CompositorKind.Sway, CompositorFacts.Classify(Wlroots, "GNOME", hasSwaySocket: true).Kind);
        Assert.Equal(CompositorKind.Wlroots, CompositorFacts.Classify(Wlroots, null, hasSwaySocket: false).Kind);
        Assert.Equal(CompositorKind.Gnome, CompositorFacts.Classify(["wl_shm", "gtk_shell1"], "KDE", false).Kind);
        Assert.Equal(CompositorKind.Kde, CompositorFacts.Classify(["wl_shm", "org_kde_plasma_shell"], null, false).Kind);
    }

    [Theory]
    [InlineData("ubuntu:GNOME", CompositorKind.Gnome)]
    [InlineData("KDE", CompositorKind.Kde)]
    [InlineData("weston", CompositorKind.Other)]
    [InlineData(null, CompositorKind.Other)]
    public void The_sessions_name_should_decide_where_the_offer_leaves_it_open(string? desktop, CompositorKind expected) =>
        Assert.Equal(expected, CompositorFacts.Classify(["wl_shm"], desktop, false).Kind);

    [Fact]
    public void Missing_protocols_should_be_named()
    {
        var facts = CompositorFacts.Classify(Wlroots[..^1], null, false);

        Assert.Equal(["zxdg_output_manager_v1"], facts.MissingProtocols);
        Assert.Contains("zxdg_output_manager_v1", facts.Reason);
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Sway_should_be_recognised()
    {
        await using var sway = await SwayServer.StartAsync();

        var facts = await CompositorProbe.ReadAsync(sway.Environment with { CurrentDesktop = null }, TestContext.Current.CancellationToken);

        Assert.Equal(CompositorKind.Sway, facts.Kind);
        Assert.Empty(facts.MissingProtocols);
    }
}
