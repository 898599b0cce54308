using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Node.Identity.TokenStores;

/// <summary>gnome-keyring, unlocked, on a session bus of its own and in a home folder of its own.</summary>
sealed class KeyringService : IAsyncDisposable
{
    const string Script = "printf test | exec gnome-keyring-daemon --foreground --unlock --components=secrets";

    readonly TestFolder folder = new();
    TestProcess? bus;
    TestProcess? daemon;

    KeyringService() { }

    /// <summary>For whoever is to use it.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={folder.File("bus")}",
        ["HOME"] = folder.Path, ["XDG_RUNTIME_DIR"] = folder.Path, ["XDG_DATA_HOME"] = folder.File("data"),
        ["DISPLAY"] = null, ["WAYLAND_DISPLAY"] = null, ["GNOME_KEYRING_CONTROL"] = null,
    };

    public static async Task<KeyringService> StartAsync()
    {
        var keyring = new KeyringService();
        var variables = keyring.Variables;
        keyring.bus = TestProcess.Start("dbus-daemon", ["--session", "--nofork", $"--address={variables["DBUS_SESSION_BUS_ADDRESS"]}"], variables);
        await Eventually.TrueAsync(() => File.Exists(keyring.folder.File("bus")), "the bus");
        keyring.daemon = TestProcess.Start("sh", ["-c", Script], variables);
        await Eventually.TrueAsync(async () =>
        {
            await using var asking = TestProcess.Start("dbus-send", ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"], variables);
            return (await asking.WaitForTextAsync()).Contains("boolean true", StringComparison.Ordinal);
        }, "the Secret Service");
        return keyring;
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null) await daemon.DisposeAsync();
        if (bus is not null) await bus.DisposeAsync();
        folder.Dispose();
    }
}
