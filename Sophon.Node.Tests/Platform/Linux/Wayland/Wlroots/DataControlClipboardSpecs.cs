using System.Diagnostics;
using Sophon.Node.Platform.Linux.Wayland.Wlroots;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

/// <summary>With wl-copy and wl-paste as the other program.</summary>
[Trait("kind", "real")]
public sealed class DataControlClipboardSpecs : IAsyncLifetime
{
    SwayServer sway = null!;
    CompositorSession session = null!;
    DataControlClipboard clipboard = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sway = await SwayServer.StartAsync();
        session = new CompositorSession(sway.Environment);
        clipboard = new DataControlClipboard(session);
    }

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await sway.DisposeAsync();
    }

    [Fact]
    public async Task Other_programs_should_read_what_was_written()
    {
        var text = string.Concat(Enumerable.Repeat("Größe € 😀\n", 80_000));

        await clipboard.WriteAsync(text, Token);

        Assert.Equal(text, await sway.RunAsync("wl-paste", "--no-newline"));
        Assert.Contains("UTF8_STRING", await sway.RunAsync("wl-paste", "--list-types"));
    }

    [Fact]
    public async Task What_other_programs_copy_should_be_read()
    {
        await clipboard.WriteAsync("ours", Token);
        await sway.RunAsync("sh", "-c", "printf 'theirs €' | wl-copy >/dev/null 2>&1");

        Assert.Equal("theirs €", await clipboard.ReadAsync(Token));
        Assert.Equal("theirs €", await clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task A_picture_or_a_cleared_clipboard_should_be_no_text()
    {
        await sway.RunAsync("sh", "-c", "printf x | wl-copy --type image/png >/dev/null 2>&1");
        Assert.Equal("", await clipboard.ReadAsync(Token));

        await clipboard.WriteAsync("text", Token);
        await sway.RunAsync("wl-copy", "--clear");
        Assert.Equal("", await clipboard.ReadAsync(Token));
    }

    [Fact]
    public async Task An_owner_that_hangs_should_hold_up_nobody_past_the_token()
    {
        var owner = sway.StartClient("wl-copy", "--foreground", "stuck");
        await Tests.Support.Eventually.TrueAsync(async () => await clipboard.ReadAsync(Token) == "stuck", "wl-copy owns the clipboard");
        await Tests.Support.TestProcess.RunAsync("kill", ["-STOP", owner.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clipboard.ReadAsync(deadline.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));

        await clipboard.WriteAsync("free again", Token);
        Assert.Equal("free again", await clipboard.ReadAsync(Token));
    }
}
