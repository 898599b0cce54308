using Akka.Actor;
using Microsoft.Extensions.Hosting;
using Sophon.Node.Actors;
using Sophon.Node.Platform.Linux.Session;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Composition;

/// <summary>Follows the displays while the Node runs, and tells which desktop serves and why.</summary>
sealed class DesktopWatch(IDesktop desktop, ActorSystem system) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (desktop is not FollowingDesktop following)
        {
            Tell(desktop.Description, null);
        }
        else
        {
            following.Changed += changed => Tell(changed.Description, changed.Choice.Reason);
            Tell(following.Description, following.Choice.Reason);
            following.Follow();
        }

        return Task.CompletedTask;
    }

    // Commands that drain may still need the desktop; it goes with the process.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    void Tell(string description, string? reason) => system.EventStream.Publish(new NodeEvents.DesktopChanged(description, reason));
}
