using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

/// <summary>With xclip as the peer.</summary>
[Trait("kind", "real")]
public sealed class NativeClipboardSpecs : IAsyncLifetime
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    readonly TestFolder folder = new();
    XvfbServer server = null!;
    X11Display display = null!;
    NativeClipboard clipboard = null!;

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync();
        display = new X11Display(server.Environment);
        clipboard = new NativeClipboard(display);
    }

    public async ValueTask DisposeAsync()
    {
        await display.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(240 * 1024)]
    [InlineData(240 * 1024 + 1)]
    [InlineData(3_000_000)]
    public async Task Xclip_should_read_what_the_Node_wrote(int characters)
    {
        var text = Text(characters);

        Assert.Null(await clipboard.WriteAsync(text, CancellationToken.None));

        Assert.Equal(text, await server.RunAsync("xclip", "-selection", "clipboard", "-o", "-t", "UTF8_STRING"));
        // Again: the Node goes on serving.
        Assert.Equal(text, await server.RunAsync("xclip", "-selection", "clipboard", "-o"));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task The_Node_should_read_what_xclip_wrote(int characters)
    {
        var text = Text(characters);
        await XclipWriteAsync(text);

        Assert.Equal(text, await clipboard.ReadAsync(CancellationToken.None).WaitAsync(Deadline));
    }

    [Fact]
    public async Task An_empty_clipboard_should_be_empty_text() => Assert.Equal("", await clipboard.ReadAsync(CancellationToken.None));

    [Fact]
    public async Task A_clipboard_without_text_should_be_empty_text()
    {
        await File.WriteAllTextAsync(folder.File("picture"), "no text");
        server.StartClient("xclip", "-quiet", "-selection", "clipboard", "-t", "image/png", "-i", folder.File("picture"));
        await OwnedAsync();

        Assert.Equal("", await clipboard.ReadAsync(CancellationToken.None).WaitAsync(Deadline));
    }

    [Fact]
    public async Task Targets_should_be_listed()
    {
        await clipboard.WriteAsync("text", CancellationToken.None);

        var targets = (await server.RunAsync("xclip", "-selection", "clipboard", "-o", "-t", "TARGETS")).Split('\n');

        Assert.Superset(new HashSet<string> { "TARGETS", "TIMESTAMP", "MULTIPLE", "UTF8_STRING", "STRING", "TEXT", "text/plain;charset=utf-8" }, targets.ToHashSet());
        Assert.Equal("text", await server.RunAsync("xclip", "-selection", "clipboard", "-o", "-t", "STRING"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.RunAsync("xclip", "-selection", "clipboard", "-o", "-t", "image/png"));
    }

    [Fact]
    public async Task Several_targets_should_be_served_by_one_request()
    {
        await clipboard.WriteAsync("Grüße", CancellationToken.None);
        await using var other = new X11Display(server.Environment);
        var session = await other.GetSessionAsync(CancellationToken.None);
        uint window = session.HiddenWindow, pairs = session[XAtom.SOPHON_SELECTION], text = session[XAtom.SOPHON_TIME], picture = session[XAtom.LOCK];
        using var events = session.Connection.Listen(happened => happened is SelectionNotify);

        await session.Connection.SendAsync(
            [
                ChangeProperty.Words(window, pairs, session[XAtom.ATOM_PAIR], session[XAtom.UTF8_STRING], text, session[XAtom.INCR], picture),
                new ConvertSelection(window, session[XAtom.CLIPBOARD], session[XAtom.MULTIPLE], pairs, 0),
            ]);
        await events.NextAsync(CancellationToken.None).AsTask().WaitAsync(Deadline);

        Assert.Equal("Grüße"u8.ToArray(), (await session.Connection.RequestAsync(new GetProperty(window, text))).Value);
        Assert.Equal([session[XAtom.UTF8_STRING], text, session[XAtom.INCR], 0], (await session.Connection.RequestAsync(new GetProperty(window, pairs))).Words);
    }

    [Fact]
    public async Task Another_owner_should_take_the_text_over()
    {
        await clipboard.WriteAsync("ours", CancellationToken.None);
        await XclipWriteAsync("theirs");
        Assert.Equal("theirs", await clipboard.ReadAsync(CancellationToken.None));

        await clipboard.WriteAsync("ours again", CancellationToken.None);
        Assert.Equal("ours again", await clipboard.ReadAsync(CancellationToken.None));
        Assert.Equal("ours again", await server.RunAsync("xclip", "-selection", "clipboard", "-o"));
    }

    [Fact]
    public async Task An_owner_that_does_not_answer_should_be_an_error_and_not_hang()
    {
        var owner = await XclipWriteAsync("never given");
        await TestProcess.RunAsync("kill", ["-STOP", $"{owner.ProcessId}"]);

        var error = await Assert.ThrowsAsync<ActionFailedException>(() => clipboard.ReadAsync(CancellationToken.None).WaitAsync(Deadline));
        Assert.Contains("does not answer", error.Message, StringComparison.Ordinal);

        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clipboard.ReadAsync(cancel.Token).WaitAsync(Deadline));
    }

    [Fact]
    public async Task An_owner_that_dies_while_it_is_asked_should_leave_an_empty_clipboard_at_once()
    {
        var owner = await XclipWriteAsync("lost");
        await TestProcess.RunAsync("kill", ["-STOP", $"{owner.ProcessId}"]);
        var read = clipboard.ReadAsync(CancellationToken.None);
        await owner.KillAsync();

        Assert.Equal("", await read.WaitAsync(TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task A_requestor_that_goes_away_in_the_middle_should_not_spoil_the_text_for_the_next_one_with_its_id()
    {
        var text = Text(5_000_000);
        await clipboard.WriteAsync(text, CancellationToken.None);
        uint first;
        await using (var reader = new X11Display(server.Environment))
        {
            var session = await reader.GetSessionAsync(CancellationToken.None);
            first = session.HiddenWindow;
            using var events = session.Connection.Listen(happened => happened is SelectionNotify);
            session.Connection.Post(new ConvertSelection(first, session[XAtom.CLIPBOARD], session[XAtom.UTF8_STRING], session[XAtom.SOPHON_SELECTION], 0));
            await events.NextAsync(CancellationToken.None).AsTask().WaitAsync(Deadline);
            var announced = await session.Connection.RequestAsync(new GetProperty(first, session[XAtom.SOPHON_SELECTION], Delete: true));
            Assert.Equal(session[XAtom.INCR], announced.Type);
        }

        await using var next = new X11Display(server.Environment);
        Assert.Equal(first, (await next.GetSessionAsync(CancellationToken.None)).HiddenWindow);
        Assert.Equal(text, await new NativeClipboard(next).ReadAsync(CancellationToken.None).WaitAsync(Deadline));
    }

    [Fact]
    public async Task Many_readers_at_once_should_all_get_the_whole_text()
    {
        var text = Text(1_000_000);
        await clipboard.WriteAsync(text, CancellationToken.None);

        var readers = Enumerable.Range(0, 4).Select(_ => server.RunAsync("xclip", "-selection", "clipboard", "-o"));

        Assert.All(await Task.WhenAll(readers), read => Assert.Equal(text, read));
    }

    async Task<TestProcess> XclipWriteAsync(string text)
    {
        await File.WriteAllTextAsync(folder.File("text"), text);
        var owner = server.StartClient("xclip", "-quiet", "-selection", "clipboard", "-i", folder.File("text"));
        await OwnedAsync();
        return owner;
    }

    async Task OwnedAsync()
    {
        var session = await display.GetSessionAsync(CancellationToken.None);
        await Eventually.TrueAsync(
            async () => await session.Connection.RequestAsync(new GetSelectionOwner(session[XAtom.CLIPBOARD])) is var owner && owner != 0 && owner != session.HiddenWindow,
            "xclip owns the clipboard");
    }

    // Characters of one to four bytes, so that pieces are cut within them.
    static string Text(int characters) => characters == 0 ? "" : string.Concat(Enumerable.Repeat("aß世😀\n", characters / 6 + 1))[..characters].TrimEnd('\ud83d');
}
