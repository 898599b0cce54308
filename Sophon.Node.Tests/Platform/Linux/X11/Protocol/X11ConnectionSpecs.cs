using System.Text;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

/// <summary>Against a server that follows a script.</summary>
[Trait("kind", "real")]
public sealed class X11ConnectionSpecs : IDisposable
{
    const int FirstSequence = 9; // after the eight questions for extensions

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    readonly ScriptedServer server = new();

    [Fact]
    public async Task A_reply_should_come_whole_however_it_is_cut()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        var name = connection.RequestAsync(new GetAtomName(7));
        await client.ReceiveRequestAsync();

        byte[] reply = [1, 0, FirstSequence, 0, 2, 0, 0, 0, 5, 0, .. new byte[22], .. "hello"u8, 0, 0, 0];
        foreach (var part in reply.Chunk(7))
        {
            Assert.False(name.IsCompleted);
            await client.SendAsync(part);
        }

        Assert.Equal("hello", await name.WaitAsync(Deadline));
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_batch_should_fail_the_batch_and_nothing_else()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        var before = connection.RequestAsync(new GetInputFocus());
        var batch = connection.SendAsync([new DestroyWindow(1), new DestroyWindow(2)]);
        var after = connection.RequestAsync(new GetInputFocus());

        await client.ReplyAsync(FirstSequence);
        await client.ErrorAsync(FirstSequence + 2, code: 3, value: 2);
        await client.ReplyAsync(FirstSequence + 3);
        await client.ReplyAsync(FirstSequence + 4);

        var error = await Assert.ThrowsAsync<X11ErrorException>(() => batch.WaitAsync(Deadline));
        Assert.Equal((nameof(DestroyWindow), X11ErrorCode.BadWindow, 2u), (error.Request, error.Code, error.BadValue));
        await before.WaitAsync(Deadline);
        await after.WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_reply_that_is_too_short_should_fail_its_request_and_leave_the_connection_up()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        var broken = connection.RequestAsync(new GetAtomName(7));
        var fine = connection.RequestAsync(new GetInputFocus());

        // Says that a name of 99 bytes follows, and ends.
        await client.SendAsync([1, 0, FirstSequence, 0, 0, 0, 0, 0, 99, 0, .. new byte[22]]);
        await client.ReplyAsync(FirstSequence + 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => broken.WaitAsync(Deadline));
        await fine.WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_cancelled_request_should_not_disturb_the_next()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        using var cancel = new CancellationTokenSource();
        var given = connection.RequestAsync(new GetAtomName(7), cancel.Token);
        var next = connection.RequestAsync(new GetInputFocus());

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await client.ReplyAsync(FirstSequence);
        await client.ReplyAsync(FirstSequence + 1);

        await next.WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_server_that_ends_should_fail_what_waits_and_what_comes()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        var waiting = connection.RequestAsync(new GetInputFocus());
        var batch = connection.SendAsync([new DestroyWindow(1)]);
        using var events = connection.Listen(_ => true);

        client.Dispose();

        await Assert.ThrowsAsync<DisplayUnavailableException>(() => waiting.WaitAsync(Deadline));
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => batch.WaitAsync(Deadline));
        await Assert.ThrowsAsync<DisplayUnavailableException>(async () => await events.NextAsync(CancellationToken.None));
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => connection.RequestAsync(new GetInputFocus()));
        await connection.Ended.WaitAsync(Deadline);
        Assert.False(connection.IsAlive);
    }

    [Fact]
    public async Task A_message_of_absurd_length_should_end_the_connection()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        var waiting = connection.RequestAsync(new GetInputFocus());

        await client.SendAsync([1, 0, FirstSequence, 0, 255, 255, 255, 255, .. new byte[24]]);

        await Assert.ThrowsAsync<DisplayUnavailableException>(() => waiting.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_refusal_should_say_the_servers_reason_and_the_cure()
    {
        var open = X11Connection.OpenAsync(server.Address, new AuthorityFile([]), CancellationToken.None);
        using var client = await server.AcceptSilentlyAsync();
        var reason = Encoding.Latin1.GetBytes("Authorization required\n\0");
        await client.SendAsync([0, 23, 11, 0, 0, 0, 6, 0, .. reason]);

        var error = await Assert.ThrowsAsync<DisplayUnavailableException>(() => open.WaitAsync(Deadline));
        Assert.Contains("Authorization required", error.Message, StringComparison.Ordinal);
        Assert.Contains("XAUTHORITY", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_should_count_as_absent()
    {
        var open = X11Connection.OpenAsync(server.Address, new AuthorityFile([]), CancellationToken.None);
        using var client = await server.AcceptSilentlyAsync();

        var error = await Assert.ThrowsAsync<DisplayUnavailableException>(() => open.WaitAsync(Deadline));
        Assert.Contains("does not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_extension_should_be_unsupported_by_name()
    {
        var (connection, client) = await ConnectAsync();
        await using var _ = connection;
        using var own = client;

        var error = await Assert.ThrowsAsync<UnsupportedException>(() => connection.RequestAsync(new GetMonitors(1)));
        Assert.Contains("RANDR", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => server.Dispose();

    async Task<(X11Connection, ScriptedServer.Client)> ConnectAsync()
    {
        var open = X11Connection.OpenAsync(server.Address, new AuthorityFile([]), CancellationToken.None);
        var client = await server.AcceptAsync();
        return (await open.WaitAsync(Deadline), client);
    }
}
