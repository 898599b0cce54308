using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Support.Fleet;

/// <summary>
/// A Node of a socket and some kilobytes: SignalR's JSON protocol as its HubProtocol.md describes it, without negotiation.
/// It answers each command at once, and nothing runs.
/// </summary>
sealed class LightNode(NodeToken token) : IAsyncDisposable
{
    const byte Separator = 0x1E;
    static readonly byte[] Handshake = [.. """{"protocol":"json","version":1}"""u8, Separator];
    static readonly byte[] PingMessage = [.. """{"type":6}"""u8, Separator];
    static readonly JsonSerializerOptions Json = new(ProtocolJson.Default.Options);

    readonly ClientWebSocket socket = new();
    readonly SemaphoreSlim sending = new(1);
    Task receiving = Task.CompletedTask;

    public bool IsConnected => socket.State == WebSocketState.Open;

    /// <summary>Commands that were answered.</summary>
    public int Answered { get; private set; }

    public async Task ConnectAsync(Uri hub, CancellationToken cancellationToken)
    {
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token.Reveal());
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(hub, cancellationToken);
        await SendAsync(Handshake, cancellationToken);
        receiving = ReceiveAsync();
        await BeatAsync(cancellationToken);
    }

    public Task BeatAsync(CancellationToken cancellationToken) => InvokeAsync(
        WireNames.Heartbeat, new Heartbeat(token.NodeId, "online", Environment.TickCount64 / 1000, "linux", "1.0.0", Random.Shared.NextDouble() * 40, 30 + (Random.Shared.NextDouble() * 10)), cancellationToken);

    /// <summary>The Gateway closes a connection on which nothing has come for 30 s.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => SendAsync(PingMessage, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await receiving;
        socket.Dispose();
        sending.Dispose();
    }

    Task InvokeAsync(string target, object argument, CancellationToken cancellationToken) => SendAsync(
        [.. JsonSerializer.SerializeToUtf8Bytes(new { type = 1, target, arguments = new[] { JsonSerializer.SerializeToElement(argument, Json) } }), Separator], cancellationToken);

    async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }

    async Task ReceiveAsync()
    {
        var buffer = new byte[4_096];
        var message = new List<byte>();
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
            {
                foreach (var part in buffer.Take(received.Count))
                {
                    if (part != Separator) message.Add(part);
                    else
                    {
                        await TakeAsync(Encoding.UTF8.GetString([.. message]));
                        message.Clear();
                    }
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is over; whoever counts sees it.
        }
    }

    async Task TakeAsync(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (!json.RootElement.TryGetProperty("target", out var target) || target.GetString() != WireNames.ExecuteCommand) return;
        var command = json.RootElement.GetProperty("arguments")[0].Deserialize<ExecuteCommand>(Json)!;
        await InvokeAsync(
            WireNames.CommandResult,
            new CommandResult(command.CommandId, token.NodeId, CommandStatus.Succeeded, JsonSerializer.SerializeToElement(new { fleet = true }), null, DateTimeOffset.UtcNow, 1),
            CancellationToken.None);
        Answered++;
    }
}
