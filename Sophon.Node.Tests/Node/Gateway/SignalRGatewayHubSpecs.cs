using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sophon.Node.Actors;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Gateway;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>The hub's client against a server that a test scripts byte by byte, over real sockets.</summary>
[Trait("kind", "real")]
public sealed class SignalRGatewayHubSpecs : IDisposable
{
    const char End = '\u001e';
    static readonly NodeToken Token = new("abc123", "a1b2c3d4e5f6a7b8");
    static readonly GatewaySettings Patient = new();

    readonly RecordingListener listener = new();
    readonly RecordingLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "abc123.a1b2c3d4e5f6a7b8")]
    public async Task Negotiation_and_upgrade_should_carry_the_token(bool inQuery, string query)
    {
        List<(string Path, string Header, string Query)> seen = [];
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync(), context =>
        {
            lock (seen) seen.Add((context.Request.Path, context.Request.Headers.Authorization.ToString(), context.Request.Query["access_token"].ToString()));
            return false;
        });
        await using var hub = await StartAsync(server, Patient with { TokenInQuery = inQuery });
        Assert.Equal(
            [("/hubs/node/negotiate", "Bearer abc123.a1b2c3d4e5f6a7b8", query), ("/hubs/node", "Bearer abc123.a1b2c3d4e5f6a7b8", query)],
            seen);
    }

    [Theory]
    [InlineData(true, "revoked")]
    [InlineData(true, "notApproved")]
    [InlineData(true, null)]
    [InlineData(false, "revoked")]
    [InlineData(false, "superseded")]
    [InlineData(false, null)]
    public async Task Refusal_should_be_told_with_its_reason_after_one_request(bool atNegotiation, string? reason)
    {
        var asked = 0;
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync(), context =>
        {
            if (context.Request.Path.Value!.EndsWith("negotiate", StringComparison.Ordinal) != atNegotiation) return false;
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            if (reason is not null) context.Response.Headers[WireNames.ReasonHeader] = reason;
            return true;
        });
        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => StartAsync(server));
        Assert.Equal(reason ?? DisconnectReasons.Unauthorized, refused.Reason);
        Assert.Equal(1, asked);
        Assert.Equal(0, listener.Pending);
    }

    [Theory]
    [InlineData(404, "it answers 404 where a Sophon Gateway has its hub")]
    [InlineData(503, "answers 503")]
    [InlineData(302, "answers 302")]
    public async Task Other_answer_to_negotiation_should_be_told(int code, string says)
    {
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync(), context =>
        {
            context.Response.StatusCode = code;
            context.Response.Headers.Location = "/elsewhere";
            return true;
        });
        Assert.Contains(says, (await Assert.ThrowsAsync<HubFailedException>(() => StartAsync(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_that_can_not_be_trusted_should_be_told()
    {
        using var certificate = LoopbackServer.SelfSigned("gw.example.com");
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync(), certificate: certificate);
        Assert.StartsWith("its certificate is self-signed", (await Assert.ThrowsAsync<HubFailedException>(() => StartAsync(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_should_complete_when_the_gateway_has_answered()
    {
        await using var server = await RawHub.StartAsync(async (socket, _) =>
        {
            for (var calls = 0; calls < 2;)
            {
                var invocation = await ReceiveInvocationAsync(socket);
                if (!invocation.TryGetProperty("invocationId", out var id)) continue;
                calls++;
                var isResult = invocation.GetProperty("target").GetString() == WireNames.CommandResult;
                await socket.SendAsync($$"""{"type":3,"invocationId":"{{id.GetString()}}"{{(isResult ? ",\"result\":true" : "")}}}{{End}}""");
            }

            await socket.DrainAsync();
        });
        await using var hub = await StartAsync(server);
        await hub.SendHeartbeatAsync(new Heartbeat("abc123", "online", 1, "linux", "1.0.0", 0.1, 40), CancellationToken.None);
        Assert.True(await hub.SendResultAsync(
            new CommandResult("c1", "abc123", CommandStatus.Succeeded, JsonDocument.Parse("{\"text\":\"é€😀\"}").RootElement, null, DateTimeOffset.UnixEpoch, 1), CancellationToken.None));
    }

    [Fact]
    public async Task Every_well_formed_command_should_reach_the_listener_in_order()
    {
        string[] commands = ["""{"commandId":"1"}""", "null", "7", "\"text\"", "[1,[2]]", """{"commandId":{"a":null},"extra":"é€😀"}"""];
        await using var server = await RawHub.StartAsync(async (socket, _) =>
        {
            await socket.SendAsync(string.Concat(commands.Select(command => $$"""{"type":1,"target":"ExecuteCommand","arguments":[{{command}}]}{{End}}""")));
            await socket.SendAsync($$"""{"type":1,"target":"CancelCommand","arguments":[{"commandId":"1"}]}{{End}}{"type":1,"target":"UpdateScopes","arguments":[{"scopes":["a","b"]}]}{{End}}""");
            await socket.SendAsync($$"""{"type":1,"target":"Revoke","arguments":[{"reason":"x"}]}{{End}}{"type":1,"target":"Disconnecting","arguments":[{"reason":"superseded"}]}{{End}}""");
            await socket.DrainAsync();
        });
        await using var hub = await StartAsync(server);
        foreach (var command in commands) Assert.Equal(command, (await listener.NextAsync<JsonElement>()).GetRawText());
        Assert.Equal("1", (await listener.NextAsync<CancelCommand>()).CommandId);
        Assert.Equal(["a", "b"], (await listener.NextAsync<UpdateScopes>()).Scopes);
        Assert.Equal("x", (await listener.NextAsync<Revoke>()).Reason);
        Assert.Equal("superseded", (await listener.NextAsync<Disconnecting>()).Reason);
    }

    [Theory]
    [InlineData("this is no JSON\u001e")]
    [InlineData("{\"type\":1,\"target\":\"ExecuteCommand\",\"arguments\":[{]}\u001e")]
    [InlineData("{\"type\":\"x\"}\u001e")]
    [InlineData("[]\u001e")]
    [InlineData("\u001e")]
    public async Task Broken_frame_should_cost_this_connection_and_no_more(string frame)
    {
        var connections = 0;
        await using var server = await RawHub.StartAsync(async (socket, _) =>
        {
            if (Interlocked.Increment(ref connections) == 1) await socket.SendAsync(frame);
            else await socket.SendAsync($$"""{"type":1,"target":"ExecuteCommand","arguments":[1]}{{End}}""");
            await socket.DrainAsync();
        });
        await using (await StartAsync(server)) Assert.NotNull((await listener.NextAsync<RecordingListener.Closed>()).Error);
        await using var next = await StartAsync(server);
        Assert.Equal(1, (await listener.NextAsync<JsonElement>()).GetInt32());
    }

    [Fact]
    public async Task Message_up_to_the_limit_should_pass_and_a_larger_one_cost_the_connection()
    {
        var filler = new string('x', WireLimits.GatewayToNodeBytes - 1_000);
        await using var server = await RawHub.StartAsync(async (socket, _) =>
        {
            // Many messages in one WebSocket message are no large message.
            await socket.SendAsync(string.Concat(Enumerable.Repeat($$"""{"type":1,"target":"ExecuteCommand","arguments":["{{filler[..3_000_000]}}"]}{{End}}""", 4)));
            await socket.SendAsync($$"""{"type":1,"target":"ExecuteCommand","arguments":["{{filler}}"]}{{End}}""");
            await socket.SendAsync($$"""{"type":1,"target":"ExecuteCommand","arguments":["{{filler}}{{filler}}"]}{{End}}""");
            await socket.DrainAsync();
        });
        await using var hub = await StartAsync(server);
        for (var message = 0; message < 4; message++) Assert.Equal(3_000_000, (await listener.NextAsync<JsonElement>()).GetString()!.Length);
        Assert.Equal(filler.Length, (await listener.NextAsync<JsonElement>()).GetString()!.Length);
        Assert.Equal("a message of the Gateway has more than 8 MiB", (await listener.NextAsync<RecordingListener.Closed>()).Error!.Message);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Limit_should_be_met_to_the_byte(int more, bool passes)
    {
        const string Before = "{\"type\":1,\"target\":\"ExecuteCommand\",\"arguments\":[\"";
        var message = Before + new string('x', WireLimits.GatewayToNodeBytes - Before.Length - "\"]}".Length + more) + "\"]}";
        await using var server = await RawHub.StartAsync(async (socket, _) =>
        {
            await socket.SendAsync(message + End);
            await socket.DrainAsync();
        });
        await using var hub = await StartAsync(server);
        if (passes) await listener.NextAsync<JsonElement>();
        else Assert.IsType<HubFailedException>((await listener.NextAsync<RecordingListener.Closed>()).Error);
    }

    [Fact]
    public async Task Unknown_method_should_be_logged_once_and_end_nothing()
    {
        await using var server = await RawHub.StartAsync(async (socket, _) =>
        {
            for (var call = 0; call < 3; call++) await socket.SendAsync($$"""{"type":1,"target":"Hologram","arguments":[{"x":1}]}{{End}}""");
            await socket.SendAsync($$"""{"type":1,"target":"ExecuteCommand","arguments":[1]}{{End}}""");
            await socket.DrainAsync();
        });
        using var provider = new HubLoggerProvider(log);
        await using var hub = await StartAsync(server, provider: provider);
        await listener.NextAsync<JsonElement>();
        Assert.Equal(
            [(LogLevel.Debug, "Microsoft.AspNetCore.SignalR.Client.HubConnection: The Gateway calls the hub method Hologram, which this Node does not know; ignored ")],
            log.Lines.Where(line => line.Text.Contains("Hologram", StringComparison.Ordinal)));
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_should_be_in_no_line_of_the_log(bool inQuery)
    {
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync());
        await using (await StartAsync(server, Patient with { TokenInQuery = inQuery }, new HubLoggerProvider(log))) { }
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains(Token.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cut_connection_should_be_told_once()
    {
        var started = new TaskCompletionSource();
        await using var server = await RawHub.StartAsync(async (_, context) =>
        {
            await started.Task;
            context.Abort();
        });
        var hub = await StartAsync(server);
        started.SetResult();
        await listener.NextAsync<RecordingListener.Closed>();
        await hub.DisposeAsync();
        Assert.Equal(0, listener.Pending);
    }

    [Fact]
    public async Task Closing_by_ourselves_should_be_told_without_an_error()
    {
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync());
        var hub = await StartAsync(server);
        await hub.DisposeAsync();
        Assert.Null((await listener.NextAsync<RecordingListener.Closed>()).Error);
    }

    /// <summary>The server's process is there, its kernel acknowledges, but nobody answers a ping: what a half-open connection looks like from here.</summary>
    [Fact]
    public async Task Server_that_falls_silent_should_be_noticed()
    {
        using var stop = new CancellationTokenSource();

        // Long enough for the start itself on a busy machine: it is silent, too, until the handshake is answered.
        await using var server = await RawHub.StartAsync((_, _) => Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default));
        await using var hub = await StartAsync(server, Patient with { KeepAliveInterval = TimeSpan.FromSeconds(0.5), ServerTimeout = TimeSpan.FromSeconds(3.25) });
        await listener.NextAsync<RecordingListener.Closed>();
        await stop.CancelAsync();
    }

    /// <summary>Its WebSocket answers pings by itself; the hub behind it is stuck.</summary>
    [Fact]
    public async Task Server_that_answers_pings_only_should_be_noticed()
    {
        await using var server = await RawHub.StartAsync((socket, _) => socket.DrainAsync());
        // Not a multiple of the interval: a ping that is sent at the very end of the patience ends the connection first, without a word.
        await using var hub = await StartAsync(server, Patient with { KeepAliveInterval = TimeSpan.FromSeconds(0.5), ServerTimeout = TimeSpan.FromSeconds(3.25) });
        Assert.NotNull((await listener.NextAsync<RecordingListener.Closed>()).Error);
    }

    [Fact]
    public async Task Start_should_end_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync(app => Microsoft.AspNetCore.Builder.RunExtensions.Run(app, _ => Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default)));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StartAsync(server, cancellationToken: limit.Token));
        await stop.CancelAsync();
    }

    static async Task<JsonElement> ReceiveInvocationAsync(WebSocket socket)
    {
        var buffer = new byte[65_536];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        // A ping may share the message with it.
        var records = Encoding.UTF8.GetString(buffer, 0, received.Count).Split(End, StringSplitOptions.RemoveEmptyEntries);
        return JsonElement.Parse(records.LastOrDefault(record => record.Contains("invocationId", StringComparison.Ordinal)) ?? records[^1]);
    }

    async Task<IGatewayHub> StartAsync(LoopbackServer server, GatewaySettings? settings = null, ILoggerProvider? provider = null, CancellationToken cancellationToken = default)
    {
        var factory = new SignalRGatewayHubFactory(settings ?? Patient, new GatewayHttp(GatewayTrust.OfThisSystem), provider ?? log);
        var hub = factory.Create(new NodeIdentity(server.Address, Token), listener);
        try
        {
            await hub.StartAsync(cancellationToken);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }
}
