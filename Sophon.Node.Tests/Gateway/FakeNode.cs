using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Gateway;

/// <summary>A raw SignalR client that speaks the wire protocol and nothing else.</summary>
sealed class FakeNode : IAsyncDisposable
{
    readonly Channel<ExecuteCommand> commands = Channel.CreateUnbounded<ExecuteCommand>();
    readonly TaskCompletionSource<Exception?> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeNode(Uri gateway, NodeToken token, bool inQuery = false)
    {
        Token = token;
        var url = new Uri(gateway, WireNames.HubPath + (inQuery ? "?access_token=" + token.Reveal() : ""));
        Hub = new HubConnectionBuilder()
            .WithUrl(url, options =>
            {
                if (!inQuery) options.AccessTokenProvider = () => Task.FromResult<string?>(token.Reveal());
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(ProtocolJson.Default.Options))
            .Build();
        Hub.On<ExecuteCommand>(WireNames.ExecuteCommand, command => commands.Writer.TryWrite(command));
        Hub.On<CancelCommand>(WireNames.CancelCommand, cancel => Cancels.Enqueue(cancel.CommandId));
        Hub.On<UpdateScopes>(WireNames.UpdateScopes, update => Scopes.Enqueue(update.Scopes));
        Hub.On<StartLiveView>(WireNames.StartLiveView, start => LiveViews.Writer.TryWrite(start.ViewId));
        Hub.On<StopLiveView>(WireNames.StopLiveView, stop => StoppedViews.Writer.TryWrite(stop.ViewId));
        Hub.On<Revoke>(WireNames.Revoke, revoke => Revokes.Enqueue(revoke.Reason));
        Hub.On<Disconnecting>(WireNames.Disconnecting, disconnecting => Farewells.Enqueue(disconnecting.Reason));
        Hub.Closed += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
    }

    public static async Task<FakeNode> OnlineAsync(TestGateway gateway, NodeToken token, params string[] capabilities)
    {
        var node = new FakeNode(gateway.Url, token);
        await node.Hub.StartAsync();
        await node.BeatAsync(capabilities: capabilities);
        return node;
    }

    public HubConnection Hub { get; }

    public NodeToken Token { get; }

    public ChannelReader<ExecuteCommand> Commands => commands.Reader;

    /// <summary>Live views that the Gateway asked for.</summary>
    public Channel<string> LiveViews { get; } = Channel.CreateUnbounded<string>();

    public Channel<string> StoppedViews { get; } = Channel.CreateUnbounded<string>();

    public ConcurrentQueue<string> Cancels { get; } = new();
    public ConcurrentQueue<IReadOnlyList<string>> Scopes { get; } = new();
    public ConcurrentQueue<string> Revokes { get; } = new();
    public ConcurrentQueue<string> Farewells { get; } = new();

    public Task Closed => closed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public Task BeatAsync(long uptime = 3_600, string version = "1.0.0", params string[] capabilities) => Hub.InvokeAsync(
        WireNames.Heartbeat, new Heartbeat(Token.NodeId, "online", uptime, "linux", version, 0.5, 40, Capabilities: capabilities));

    public Task<ExecuteCommand> NextAsync() => Commands.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public Task<bool> AnswerAsync(string commandId, object? result = null, CommandStatus status = CommandStatus.Succeeded, CommandError? error = null, string? nodeId = null) =>
        Hub.InvokeAsync<bool>(WireNames.CommandResult, new CommandResult(
            commandId, nodeId ?? Token.NodeId, status, result is null ? null : JsonSerializer.SerializeToElement(result), error, DateTimeOffset.UtcNow, 1.5));

    /// <summary>Answers everything from now on with what <paramref name="answer"/> makes of it.</summary>
    public Task ServeAsync(Func<ExecuteCommand, object?> answer) => Task.Run(async () =>
    {
        await foreach (var command in Commands.ReadAllAsync()) _ = AnswerAsync(command.CommandId, answer(command));
    });

    public async ValueTask DisposeAsync()
    {
        commands.Writer.TryComplete();
        await Hub.DisposeAsync();
    }
}
