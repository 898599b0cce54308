using System.Text.Json;
using System.Threading.Channels;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>Keeps what a hub connection says, in order.</summary>
sealed class RecordingListener : IGatewayHubListener
{
    readonly Channel<object> heard = Channel.CreateUnbounded<object>();

    /// <summary>After <see cref="OnClosed"/>.</summary>
    public sealed record Closed(Exception? Error);

    public int Pending => heard.Reader.Count;

    public async Task<T> NextAsync<T>()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return (T)await heard.Reader.ReadAsync(limit.Token);
    }

    public void OnExecuteCommand(JsonElement command) => Add(command.Clone());

    public void OnCancelCommand(CancelCommand cancel) => Add(cancel);

    public void OnUpdateScopes(UpdateScopes scopes) => Add(scopes);

    public void OnRevoke(Revoke revoke) => Add(revoke);

    public void OnStartLiveView(StartLiveView start) => Add(start);

    public void OnStopLiveView(StopLiveView stop) => Add(stop);

    public void OnDisconnecting(Disconnecting disconnecting) => Add(disconnecting);

    public void OnClosed(Exception? error) => Add(new Closed(error));

    void Add(object what) => heard.Writer.TryWrite(what);
}
