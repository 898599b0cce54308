using Sophon.Gateway.Hub;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hosting;

/// <summary>Tells every Node that the Gateway stops, before SignalR closes their sockets without a word.</summary>
sealed class Farewell(NodeConnections connections, OpenSockets sockets, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    // Callbacks of ApplicationStopping run in reverse order of their registration, and SignalR's is registered before the server has started.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => SayAsync().Wait(AtMost));
        return Task.CompletedTask;
    }

    async Task SayAsync()
    {
        await Task.WhenAll(connections.All.Select(connection => connection.CloseAsync(DisconnectReasons.ShuttingDown)));
        await sockets.EndedAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
