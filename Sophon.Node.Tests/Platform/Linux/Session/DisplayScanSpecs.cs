using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Session;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Session;

[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class DisplayScanSpecs
{
    const string Sockets = "/tmp/.X11-unix";
    const uint Nobody = 65534;

    [Fact]
    public async Task Named_x_server_should_listen_while_it_lives()
    {
        await using var server = await XvfbServer.StartAsync();
        var scan = Scan(0, ("DISPLAY", server.Display));
        Assert.Equal([new(DisplayKind.X11, server.Display, true, true)], scan.Look().Candidates);
        await server.KillAsync();
        Assert.Equal([new(DisplayKind.X11, server.Display, true, false)], scan.Look().Candidates);
        await server.RestartAsync();
        Assert.True(scan.Look().Candidates[0].Listens);
    }

    [Fact]
    public async Task Users_own_compositor_should_be_found_where_nothing_is_named_and_nobody_elses()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("sway runs as another user only when the tests are root's");
        await using var sway = await SwayServer.StartAsync();
        var found = Scan(Nobody, ("XDG_RUNTIME_DIR", sway.RuntimeFolder)).Look().Candidates;
        Assert.Equal(new DisplayCandidate(DisplayKind.Wayland, sway.Variables["WAYLAND_DISPLAY"]!, false, true), found[0]);
        Assert.DoesNotContain(Scan(Nobody - 1, ("XDG_RUNTIME_DIR", sway.RuntimeFolder)).Look().Candidates, candidate => candidate.Kind == DisplayKind.Wayland);
        await sway.KillAsync();
        Assert.DoesNotContain(Scan(Nobody, ("XDG_RUNTIME_DIR", sway.RuntimeFolder)).Look().Candidates, candidate => candidate.Kind == DisplayKind.Wayland);
    }

    [Fact]
    public async Task X_server_should_be_found_where_nothing_is_named()
    {
        await using var server = await XvfbServer.StartAsync();
        Assert.Contains(new(DisplayKind.X11, server.Display, false, true), Scan(1_000).Look().Candidates);
        Assert.Empty(Scan(0).Look().Candidates);
    }

    [Fact]
    public async Task Named_display_should_keep_others_from_being_looked_for()
    {
        await using var server = await XvfbServer.StartAsync();
        Assert.Equal([new(DisplayKind.X11, ":63999", true, false)], Scan(1_000, ("DISPLAY", ":63999")).Look().Candidates);
    }

    static DisplayScan Scan(uint user, params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value, Sockets, user);
}
