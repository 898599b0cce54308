using Sophon.Node.Platform.Ports;
using Tmds.DBus.Protocol;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>Writes a call's arguments.</summary>
delegate void WriteArguments(ref MessageWriter writer);

/// <summary>Calls on xdg-desktop-portal. What asks the person answers by a signal on an object made for the call (org.freedesktop.portal.Request).</summary>
/// <remarks>https://flatpak.github.io/xdg-desktop-portal/docs/</remarks>
sealed class PortalBus : IDisposable
{
    const string Service = "org.freedesktop.portal.Desktop";
    const string Path = "/org/freedesktop/portal/desktop";
    const uint Granted = 0, Refused = 1;

    readonly DBusConnection connection;
    int requests;

    PortalBus(DBusConnection connection) => this.connection = connection;

    /// <param name="address">As <c>DBUS_SESSION_BUS_ADDRESS</c>.</param>
    /// <exception cref="DisplayUnavailableException">There is no session bus.</exception>
    public static async Task<PortalBus> ConnectAsync(string? address)
    {
        if (string.IsNullOrEmpty(address))
            throw new DisplayUnavailableException("There is no session bus: DBUS_SESSION_BUS_ADDRESS is not set. Start the Node from the desktop session.");
        var connection = new DBusConnection(address);
        try
        {
            await connection.ConnectAsync();
            return new PortalBus(connection);
        }
        catch (DBusExceptionBase exception)
        {
            connection.Dispose();
            throw new DisplayUnavailableException($"The session bus does not answer at {address} ({exception.Message}).", exception);
        }
    }

    public Task CallAsync(string @interface, string method, string signature, WriteArguments write) =>
        TranslateAsync(method, () => connection.CallMethodAsync(Message(@interface, method, signature, write)));

    /// <summary>A portal's version, or another number among its properties; 0 where the portal is not there.</summary>
    public async Task<uint> GetNumberAsync(string @interface, string property)
    {
        try
        {
            return await connection.CallMethodAsync(
                Message("org.freedesktop.DBus.Properties", "Get", "ss", (ref MessageWriter writer) =>
                {
                    writer.WriteString(@interface);
                    writer.WriteString(property);
                }),
                static (message, _) => message.GetBodyReader().ReadVariantValue().GetUInt32());
        }
        catch (DBusErrorReplyException)
        {
            return 0;
        }
    }

    /// <summary>Makes a call whose answer may wait for the person.</summary>
    /// <param name="options">Its last argument; the handle's token is added.</param>
    /// <exception cref="ActionFailedException">The person refused, or the portal gave up.</exception>
    /// <exception cref="OperationCanceledException">The question is withdrawn.</exception>
    public async Task<Dictionary<string, VariantValue>> RequestAsync(
        string @interface, string method, string signature, WriteArguments write, Dictionary<string, VariantValue> options, CancellationToken cancellationToken)
    {
        var token = $"sophon_node_{Interlocked.Increment(ref requests)}";
        var handle = $"{Path}/request/{connection.UniqueName![1..].Replace('.', '_')}/{token}";
        var response = new TaskCompletionSource<(uint Code, Dictionary<string, VariantValue> Results)>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The answer may come before the call returns, so the signal is awaited first.
        using var subscription = await connection.WatchSignalAsync(
            Service, handle, "org.freedesktop.portal.Request", "Response",
            static (message, _) =>
            {
                var reader = message.GetBodyReader();
                return (reader.ReadUInt32(), reader.ReadDictionaryOfStringToVariantValue());
            },
            (Notification<(uint, Dictionary<string, VariantValue>)> notification) =>
            {
                if (notification.HasValue) response.TrySetResult(notification.Value);
                else response.TrySetException(new DisplayUnavailableException("The session bus went away."));
            },
            ObserverFlags.EmitOnConnectionClosed | ObserverFlags.EmitOnConnectionFailed, false, null);

        options["handle_token"] = token;
        await CallAsync(@interface, method, signature, (ref MessageWriter writer) =>
        {
            write(ref writer);
            writer.WriteDictionary(options);
        });
        try
        {
            var (code, results) = await response.Task.WaitAsync(cancellationToken);
            return code switch
            {
                Granted => results,
                Refused => throw new ActionFailedException($"The person at the desktop refused ({method}). Ask again, and choose Share or Allow in the dialog."),
                _ => throw new ActionFailedException($"The desktop's portal gave up ({method}). Is xdg-desktop-portal-gnome or -kde installed? sudo apt install xdg-desktop-portal-gnome"),
            };
        }
        catch (OperationCanceledException)
        {
            connection.TrySendMessage(Message("org.freedesktop.portal.Request", "Close", null, static (ref MessageWriter _) => { }, handle));
            throw;
        }
    }

    public void Dispose() => connection.Dispose();

    static async Task TranslateAsync(string method, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (DBusErrorReplyException exception) when (exception.ErrorName is "org.freedesktop.DBus.Error.ServiceUnknown" or "org.freedesktop.DBus.Error.UnknownMethod" or "org.freedesktop.DBus.Error.UnknownInterface")
        {
            throw new UnsupportedException($"This session has no desktop portal for {method}. Install it: sudo apt install xdg-desktop-portal xdg-desktop-portal-gnome (or -kde), and log in again.");
        }
        catch (DBusErrorReplyException exception)
        {
            throw new ActionFailedException($"The desktop's portal refused {method}: {exception.ErrorMessage}", exception);
        }
        catch (DBusExceptionBase exception)
        {
            throw new DisplayUnavailableException($"The session bus went away ({exception.Message}).", exception);
        }
    }

    MessageBuffer Message(string @interface, string method, string? signature, WriteArguments write, string path = Path)
    {
        var writer = connection.GetMessageWriter();
        try
        {
            writer.WriteMethodCallHeader(Service, path, @interface, method, signature);
            write(ref writer);
            return writer.CreateMessage();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
