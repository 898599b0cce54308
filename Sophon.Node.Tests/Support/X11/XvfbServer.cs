using System.Globalization;
using Sophon.Node.Platform.Linux.X11;

namespace Sophon.Node.Tests.Support.X11;

/// <summary>An X server without a screen, for one test class; it can be killed and comes back on the same display number.</summary>
public sealed class XvfbServer : IAsyncDisposable
{
    readonly int number;
    readonly TestFolder folder = new();
    readonly List<TestProcess> clients = [];
    TestProcess? server;

    XvfbServer(int number, int width, int height)
    {
        this.number = number;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public string Display => $":{number}";

    public X11Environment Environment => new(Display, null);

    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["DISPLAY"] = Display,
        ["LC_ALL"] = "C.UTF-8",
        ["HOME"] = folder.Path,
        ["GTK_USE_PORTAL"] = "0",
        ["NO_AT_BRIDGE"] = "1",
    };

    public static async Task<XvfbServer> StartAsync(int width = 1280, int height = 800, bool windowManager = false)
    {
        // High random numbers: a number that a killed server gave up for a moment must not be taken by another test's -displayfd.
        for (var attempt = 0; ; attempt++)
        {
            var xvfb = new XvfbServer(Random.Shared.Next(1_000, 30_000), width, height);
            try
            {
                await xvfb.RestartAsync();
                if (windowManager) await xvfb.StartWindowManagerAsync();
                return xvfb;
            }
            catch (Exception) when (attempt < 5)
            {
                await xvfb.DisposeAsync();
            }
        }
    }

    /// <summary>Starts the server (again) and returns when it takes connections.</summary>
    public async Task RestartAsync()
    {
        // -noreset: else monitors set by xrandr, and much more, vanish with the last client.
        server = TestProcess.Start("Xvfb", [Display, "-screen", "0", $"{Width}x{Height}x24", "-noreset", "-nolisten", "tcp", "-displayfd", "1"]);
        await server.WaitForOutputAsync(number.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    /// <summary>SIGKILL: the clients lose their connection, as when a real X server crashes.</summary>
    public async Task KillAsync()
    {
        await server!.KillAsync();
        foreach (var client in clients) await client.DisposeAsync();
        clients.Clear();
    }

    public int ServerProcessId => server!.ProcessId;

    public TestProcess StartClient(string program, params string[] arguments)
    {
        var client = TestProcess.Start(program, arguments, Variables);
        clients.Add(client);
        return client;
    }

    public Task<string> RunAsync(string program, params string[] arguments) => TestProcess.RunAsync(program, arguments, Variables);

    /// <summary>openbox with a configuration of its own: every new window gets the focus, and nothing is bound to keys or the mouse.</summary>
    public async Task<TestProcess> StartWindowManagerAsync()
    {
        var config = folder.File("openbox.xml");
        await File.WriteAllTextAsync(config, """
            <?xml version="1.0" encoding="UTF-8"?>
            <openbox_config xmlns="http://openbox.org/3.4/rc">
              <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
              <placement><policy>Smart</policy></placement>
              <desktops><number>1</number><popupTime>0</popupTime></desktops>
              <keyboard></keyboard>
              <mouse></mouse>
            </openbox_config>
            """);
        var openbox = StartClient("openbox", "--sm-disable", "--config-file", config);
        await Eventually.TrueAsync(
            async () => (await RunAsync("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")).Contains("window id", StringComparison.Ordinal),
            "openbox manages the screen");
        return openbox;
    }

    /// <summary>Two monitors side by side, "L" at the left and the primary "R" at its right.</summary>
    public async Task SetTwoMonitorsAsync(int leftWidth = 640)
    {
        await RunAsync("xrandr", "--setmonitor", "L", $"{leftWidth}/170x{Height}/210+0+0", "screen");
        await RunAsync("xrandr", "--setmonitor", "*R", $"{Width - leftWidth}/170x{Height}/210+{leftWidth}+0", "none");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        folder.Dispose();
    }
}
