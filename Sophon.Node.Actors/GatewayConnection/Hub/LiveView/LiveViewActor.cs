using Akka.Actor;
using Akka.Event;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.GatewayConnection.Hub.LiveView;

/// <summary>Streams the screen while somebody watches: Resting → Streaming → Resting. A child of the hub, whose connection it needs.</summary>
sealed class LiveViewActor : ReceiveActor
{
    /// <summary>Stream for this view; one that runs already ends.</summary>
    public sealed record Start(string ViewId);

    /// <summary>Ignored for another view.</summary>
    public sealed record Stop(string ViewId);

    /// <summary>The scopes that hold now.</summary>
    public sealed record ScopesChanged(IReadOnlyList<string> Scopes);

    /// <summary>To the hub, after a crash.</summary>
    public sealed record ScopesWanted;

    sealed record Ended(string ViewId, int Frames, TimeSpan Duration, Exception? Failure);

    static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(10);

    readonly NodeServices services;
    readonly IGatewayHub hub;
    readonly Admission admission;
    readonly ILoggingAdapter log = Context.GetLogger();
    CancellationTokenSource? running;
    string? viewId;
    string? next;
    volatile HashSet<string>? scopes;

    public static Props Props(NodeServices services, IGatewayHub hub) => Akka.Actor.Props.Create(() => new LiveViewActor(services, hub));

    public LiveViewActor(NodeServices services, IGatewayHub hub)
    {
        (this.services, this.hub) = (services, hub);
        admission = new Admission(services.Policy, services.Programs, services.Settings.Gateway.TrustGatewayScopes);
        Resting();
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(new ScopesWanted());
    }

    void Resting()
    {
        Receive<ScopesChanged>(changed => scopes = [.. changed.Scopes]);
        Receive<Start>(start => StartStreaming(start.ViewId));
        ReceiveAny(_ => { });
    }

    void Streaming()
    {
        Receive<ScopesChanged>(changed => scopes = [.. changed.Scopes]);
        Receive<Start>(
            start =>
            {
                next = start.ViewId;
                running!.Cancel();
            },
            start => start.ViewId != viewId);
        Receive<Stop>(_ => running!.Cancel(), stop => stop.ViewId == viewId);
        Receive<Ended>(OnEnded);
        ReceiveAny(_ => { });
    }

    void StartStreaming(string id)
    {
        (viewId, next, running) = (id, null, new CancellationTokenSource());
        Become(Streaming);
        var token = running.Token;
        Task.Run(() => StreamAsync(id, token)).PipeTo(Self);
    }

    void OnEnded(Ended ended)
    {
        if (ended.Failure is { } failure) log.Info("The live view {0} ended: {1}", ended.ViewId, failure.Message);
        running!.Dispose();
        running = null;
        Become(Resting);
        if (next is { } id) StartStreaming(id);
    }

    async Task<Ended> StreamAsync(string id, CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();
        var frames = 0;
        Exception? failure = null;
        try
        {
            await using var channel = await OpenAsync(id, cancellationToken);
            services.Audit.Append(new AuditEntry("liveViewStarted") { CommandId = id });
            var stream = new LiveStream(new LiveSource(services.Desktop.Screen, services.ImageEncoder, services.Time), channel, Forbidden, services.Time);
            try
            {
                await stream.RunAsync(cancellationToken);
            }
            finally
            {
                frames = stream.Frames;
                services.Audit.Record(new AuditEntry("liveViewEnded") { CommandId = id, Count = frames, DurationMs = services.Time.GetElapsedTime(started).TotalMilliseconds });
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
        catch (Exception error)
        {
            failure = error;
        }

        return new Ended(id, frames, services.Time.GetElapsedTime(started), failure);
    }

    async Task<ILiveChannel> OpenAsync(string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OpenWithin);
        return await hub.OpenLiveAsync(id, limit.Token);
    }

    // As a capture's: what a command may not show, a view may not.
    CommandError? Forbidden() =>
        admission.Decide(new CommandRequest("live view", "screen.capture", default, OpenWithin, null), scopes, services.Time.GetTimestamp()).Error;

    protected override void PostStop() => running?.Cancel();
}
