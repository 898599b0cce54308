using Sophon.Node.Platform.Linux.Wayland.Client;
using Sophon.Node.Platform.Ports;
using Tmds.DBus.Protocol;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>A monitor that the person shares: what pointer motions count from.</summary>
/// <param name="Node">Its PipeWire node, which names it in calls.</param>
/// <param name="X">Its place in the logical layout.</param>
/// <param name="Y">Its place in the logical layout.</param>
readonly record struct SharedStream(uint Node, int X, int Y);

/// <summary>
/// The right to drive pointer and keyboard (org.freedesktop.portal.RemoteDesktop, with a ScreenCast of the monitors to count positions from).
/// The person is asked at its first use; where the portal can keep that (version 2), only once.
/// </summary>
sealed class RemoteDesktopSession(string? busAddress, IPortalTokenStore? tokens) : IDisposable
{
    const string RemoteDesktop = "org.freedesktop.portal.RemoteDesktop";
    const string ScreenCast = "org.freedesktop.portal.ScreenCast";
    const uint KeyboardAndPointer = 1 | 2, Monitors = 1, UntilRevoked = 2, VersionThatPersists = 2;

    readonly Lock gate = new();
    readonly CancellationTokenSource end = new();
    Task<Grant>? granted;

    /// <summary>Waits for the person's consent. When the token runs out the question stays up, for the next call to find it answered.</summary>
    /// <exception cref="ActionFailedException">The person refused.</exception>
    /// <param name="compositor">The compositor whose monitors are shared: a grant ends with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Grant> StartAsync(WaylandConnection compositor, CancellationToken cancellationToken)
    {
        Task<Grant> asked;
        lock (gate)
        {
            if (granted is { IsCompletedSuccessfully: true, Result: { HasEnded: true } ended })
            {
                ended.Dispose();
                granted = null;
            }

            if (granted is null or { IsFaulted: true } or { IsCanceled: true }) granted = AskAsync(compositor);
            asked = granted;
        }

        return await asked.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        end.Cancel();
        if (granted is { IsCompletedSuccessfully: true } task) task.Result.Dispose();
        end.Dispose();
    }

    async Task<Grant> AskAsync(WaylandConnection compositor)
    {
        var bus = await PortalBus.ConnectAsync(busAddress);
        try
        {
            var canPersist = await bus.GetNumberAsync(RemoteDesktop, "version") >= VersionThatPersists;
            var created = await bus.RequestAsync(RemoteDesktop, "CreateSession", "a{sv}", static (ref MessageWriter _) => { },
                new() { ["session_handle_token"] = $"sophon_node_{Environment.ProcessId}" }, end.Token);
            var session = created["session_handle"].GetString();

            var devices = new Dictionary<string, VariantValue> { ["types"] = KeyboardAndPointer };
            if (canPersist)
            {
                devices["persist_mode"] = UntilRevoked;
                if (tokens?.Read() is { } kept) devices["restore_token"] = kept;
            }

            WriteArguments writeSession = (ref MessageWriter writer) => writer.WriteObjectPath(session);
            await bus.RequestAsync(RemoteDesktop, "SelectDevices", "oa{sv}", writeSession, devices, end.Token);
            await bus.RequestAsync(ScreenCast, "SelectSources", "oa{sv}", writeSession, new() { ["types"] = Monitors, ["multiple"] = true }, end.Token);
            var started = await bus.RequestAsync(RemoteDesktop, "Start", "osa{sv}", (ref MessageWriter writer) =>
            {
                writer.WriteObjectPath(session);
                writer.WriteString("");
            }, [], end.Token);

            if (!started.TryGetValue("devices", out var allowed) || (allowed.GetUInt32() & KeyboardAndPointer) != KeyboardAndPointer)
                throw new ActionFailedException("The person shared the screen, but not pointer and keyboard. Ask again, and switch on \"Allow remote interaction\" in the dialog.");
            if (started.TryGetValue("restore_token", out var token)) tokens?.Write(token.GetString());
            return new Grant(bus, compositor, session, [.. Streams(started)]);
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }

    // streams is a(ua{sv}).
    static IEnumerable<SharedStream> Streams(Dictionary<string, VariantValue> started)
    {
        if (!started.TryGetValue("streams", out var streams)) yield break;
        for (var i = 0; i < streams.Count; i++)
        {
            var properties = streams.GetItem(i).GetItem(1).GetDictionary<string, VariantValue>();
            var (x, y) = properties.TryGetValue("position", out var position) ? (position.GetItem(0).GetInt32(), position.GetItem(1).GetInt32()) : (0, 0);
            yield return new SharedStream(streams.GetItem(i).GetItem(0).GetUInt32(), x, y);
        }
    }

    /// <summary>The right, while the person leaves it.</summary>
    internal sealed class Grant(PortalBus bus, WaylandConnection compositor, string session, IReadOnlyList<SharedStream> streams) : IDisposable
    {
        bool isRevoked;

        public bool HasEnded => isRevoked || !compositor.IsAlive;

        public IReadOnlyList<SharedStream> Streams => streams;

        /// <param name="signature">Of what follows the session and its (empty) options.</param>
        public async Task NotifyAsync(string method, string signature, WriteArguments write)
        {
            try
            {
                await bus.CallAsync(RemoteDesktop, method, "oa{sv}" + signature, (ref MessageWriter writer) =>
                {
                    writer.WriteObjectPath(session);
                    writer.WriteDictionary(new Dictionary<string, VariantValue>());
                    write(ref writer);
                });
            }
            catch (PlatformException)
            {
                // Revoked, or the desktop went away: the next call asks anew.
                isRevoked = true;
                bus.Dispose();
                throw;
            }
        }

        public void Dispose() => bus.Dispose();
    }
}
