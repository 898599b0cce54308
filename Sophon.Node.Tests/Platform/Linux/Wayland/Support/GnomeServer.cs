using SkiaSharp;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>A headless gnome-shell with portals, PipeWire and two buses of its own; no logind, no GPU.</summary>
public sealed class GnomeServer : IAsyncDisposable
{
    static readonly string[] Programs = ["gnome-shell", "dbus-daemon", "pipewire", "wireplumber", "/usr/libexec/xdg-desktop-portal", "/usr/libexec/xdg-desktop-portal-gnome"];

    readonly TestFolder folder = new();
    readonly List<TestProcess> processes = [];
    readonly List<TestProcess> shell = [];

    public string BusAddress => $"unix:path={File("bus")}";

    public WaylandEnvironment Environment => new(folder.Path, "wayland-0", null, "GNOME");

    IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["HOME"] = folder.Path,
        ["XDG_RUNTIME_DIR"] = folder.Path,
        ["XDG_CONFIG_HOME"] = File("config"),
        ["XDG_DATA_HOME"] = File("data"),
        ["XDG_CACHE_HOME"] = File("cache"),
        ["XDG_CURRENT_DESKTOP"] = "GNOME",
        ["XDG_SESSION_TYPE"] = "wayland",
        ["DBUS_SESSION_BUS_ADDRESS"] = BusAddress,
        // A stand-in: gnome-shell only wants a bus to be there.
        ["DBUS_SYSTEM_BUS_ADDRESS"] = $"unix:path={File("system")}",
        ["GSETTINGS_BACKEND"] = "memory",
        ["LIBGL_ALWAYS_SOFTWARE"] = "1",
        ["NO_AT_BRIDGE"] = "1",
        ["WAYLAND_DISPLAY"] = "wayland-0",
        ["DISPLAY"] = null,
        ["LC_ALL"] = "C.UTF-8",
    };

    public static async Task<GnomeServer> StartAsync()
    {
        foreach (var program in Programs)
        {
            if (Sophon.Node.Platform.Processes.ProgramPath.Find(program) is null)
                Assert.Skip($"{program} is not installed: sudo apt install gnome-shell xdg-desktop-portal-gnome pipewire wireplumber");
        }

        var gnome = new GnomeServer();
        await gnome.StartBusAsync("system");
        await gnome.StartBusAsync("bus");
        gnome.Start("pipewire");
        gnome.Start("wireplumber");
        await gnome.StartShellAsync();
        return gnome;
    }

    /// <summary>Starts the shell (again), with the portals, which end with it.</summary>
    public async Task StartShellAsync()
    {
        shell.Add(Start("gnome-shell", "--headless", "--wayland", "--no-x11", "--virtual-monitor", "1280x800", "--unsafe-mode"));
        await Eventually.TrueAsync(async () => await TryEvalAsync("if (!Main.layoutManager._startingUp) Main.overview.hide(); !Main.layoutManager._startingUp && !Main.overview.visible") == "(true, 'true')\n", "gnome-shell is up and shows the desktop", TimeSpan.FromSeconds(60));
        shell.Add(Start("/usr/libexec/xdg-desktop-portal-gnome"));
        shell.Add(Start("/usr/libexec/xdg-desktop-portal"));
        await Eventually.TrueAsync(async () => (await CallAsync("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
            "org.freedesktop.DBus.Properties.Get", "org.freedesktop.portal.RemoteDesktop", "version"))?.Contains("uint32", StringComparison.Ordinal) == true, "the portal answers");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillShellAsync()
    {
        foreach (var process in shell)
        {
            processes.Remove(process);
            await process.DisposeAsync();
        }

        shell.Clear();
    }

    public string File(string name) => folder.File(name);

    /// <summary>The shell's own picture of the screen.</summary>
    public async Task<PixelImage> SeeAsync()
    {
        await CallAsync("org.gnome.Shell.Screenshot", "/org/gnome/Shell/Screenshot", "org.gnome.Shell.Screenshot.Screenshot", "false", "false", File("seen.png"));
        using var decoded = SKBitmap.Decode(File("seen.png"));
        using var picture = decoded.Copy(SKColorType.Bgra8888);
        return new PixelImage(picture.Width, picture.Height, picture.GetPixelSpan().ToArray());
    }

    public TestProcess Start(string program, params string[] arguments)
    {
        var process = TestProcess.Start(program, arguments, Variables);
        processes.Add(process);
        return process;
    }

    public Task<string> RunAsync(string program, params string[] arguments) => TestProcess.RunAsync(program, arguments, Variables);

    /// <summary>Runs JavaScript in the shell; null when it fails.</summary>
    public async Task<string?> TryEvalAsync(string script)
    {
        var answer = await CallAsync("org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell.Eval", script);
        return answer?.StartsWith("(true", StringComparison.Ordinal) == true ? answer : null;
    }

    /// <summary>Clicks as a person would, by a mouse of the shell's own.</summary>
    public async Task ClickAsync(int x, int y)
    {
        foreach (var act in new[] { $"notify_absolute_motion(now, {x}, {y})", "notify_button(now, 1, 1)", "notify_button(now, 1, 0)" })
        {
            _ = await TryEvalAsync(
                $$"""
                global.sophonMouse = global.sophonMouse || imports.gi.Clutter.get_default_backend().get_default_seat().create_virtual_device(0);
                let now = imports.gi.GLib.get_monotonic_time();
                global.sophonMouse.{{act}};
                1
                """) ?? throw new InvalidOperationException($"gnome-shell did not {act}");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits for the sharing dialog, allows input, and shares.</summary>
    public async Task ConsentAsync()
    {
        var (x, y, width) = await FrameAsync("Remote desktop");
        await ClickAsync(x + width - 70, y + 222);
        await CloseAsync(x + width - 48, y + 23);
    }

    /// <summary>Waits for the sharing dialog, and shares the screen without input.</summary>
    public async Task ShareWithoutInputAsync()
    {
        var (x, y, width) = await FrameAsync("Remote desktop");
        await CloseAsync(x + width - 48, y + 23);
    }

    /// <summary>Waits for the sharing dialog, and cancels it.</summary>
    public async Task RefuseAsync()
    {
        var (x, y, _) = await FrameAsync("Remote desktop");
        await CloseAsync(x + 50, y + 23);
    }

    // A click may come before the dialog listens.
    async Task CloseAsync(int x, int y) => await Eventually.TrueAsync(async () =>
    {
        await ClickAsync(x, y);
        await Task.Delay(500);
        return await TryEvalAsync("global.get_window_actors().find(a => a.meta_window.title == 'Remote desktop') ? 1 : 0") == "(true, '0')\n";
    }, "the dialog closes");

    /// <summary>Where a window stands, once it is there and has stood still.</summary>
    public async Task<(int X, int Y, int Width)> FrameAsync(string title)
    {
        var frame = "";
        await Eventually.TrueAsync(async () =>
        {
            var seen = await TryEvalAsync($"let w = global.get_window_actors().find(a => a.meta_window.title == '{title}'); let r = w.meta_window.get_frame_rect(); [r.x, r.y, r.width].join(' ')") ?? "";
            await Task.Delay(300);
            (var before, frame) = (frame, seen);
            return seen.Length > 0 && seen == before;
        }, $"the window \"{title}\"", TimeSpan.FromSeconds(60));
        var numbers = frame.Split('"')[1].Split(' ').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    public async ValueTask DisposeAsync()
    {
        processes.Reverse();
        foreach (var process in processes) await process.DisposeAsync();
        folder.Dispose();
    }

    async Task StartBusAsync(string name)
    {
        Start("dbus-daemon", "--session", $"--address=unix:path={folder.File(name)}", "--nofork", "--nopidfile");
        await Eventually.TrueAsync(() => System.IO.File.Exists(File(name)), "the bus listens");
    }

    async Task<string?> CallAsync(string service, string path, string method, params string[] arguments)
    {
        try
        {
            return await RunAsync("gdbus", ["call", "--session", "--timeout", "10", "--dest", service, "--object-path", path, "--method", method, .. arguments]);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
