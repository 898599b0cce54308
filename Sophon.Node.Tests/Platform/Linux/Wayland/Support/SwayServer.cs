using System.Globalization;
using System.Text.Json;
using SkiaSharp;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>A sway without a screen, in a runtime folder of its own; it can be killed and comes back in the same folder.</summary>
public sealed class SwayServer : IAsyncDisposable
{
    // sway refuses to run as root.
    const string Nobody = "65534";

    readonly TestFolder folder = new();
    readonly List<TestProcess> clients = [];
    readonly int outputs;
    TestProcess? server;

    SwayServer(int outputs) => this.outputs = outputs;

    public WaylandEnvironment Environment => new(folder.Path, null, null, "sway");

    public string RuntimeFolder => folder.Path;

    public string File(string name) => folder.File(name);

    public int ProcessId => server!.ProcessId;

    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["XDG_RUNTIME_DIR"] = folder.Path,
        ["WAYLAND_DISPLAY"] = Directory.GetFiles(folder.Path, "wayland-*").Single(path => !path.EndsWith(".lock", StringComparison.Ordinal)),
        ["SWAYSOCK"] = Directory.GetFiles(folder.Path, $"sway-ipc.*.{ProcessId}.sock").Single(),
        ["HOME"] = folder.Path,
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <param name="config">Lines of sway's configuration; outputs are HEADLESS-1, HEADLESS-2 ….</param>
    /// <param name="outputs">How many monitors.</param>
    public static async Task<SwayServer> StartAsync(string config = "output HEADLESS-1 mode 1280x800 pos 0 0", int outputs = 1)
    {
        var sway = new SwayServer(outputs);
        await System.IO.File.WriteAllTextAsync(sway.File("config"), $"""
            default_border none
            focus_follows_mouse no
            seat * hide_cursor 0
            {config}

            """);
        await sway.RestartAsync();
        return sway;
    }

    /// <summary>Starts the server (again) and returns when it takes connections.</summary>
    public async Task RestartAsync()
    {
        var variables = new[]
        {
            $"HOME={folder.Path}", $"PATH={System.Environment.GetEnvironmentVariable("PATH")}", $"XDG_RUNTIME_DIR={folder.Path}", "LC_ALL=C.UTF-8",
            "WLR_BACKENDS=headless", "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1",
            "WLR_HEADLESS_OUTPUTS=" + outputs.ToString(CultureInfo.InvariantCulture),
        };
        string[] sway = ["env", "-i", .. variables, "sway", "-c", File("config")];
        if (System.Environment.IsPrivilegedProcess)
        {
            await TestProcess.RunAsync("chown", ["-R", $"{Nobody}:{Nobody}", folder.Path]);
            sway = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. sway];
        }

        server = TestProcess.Start(sway[0], sway[1..]);
        await Eventually.TrueAsync(async () =>
        {
            if (server.HasExited) throw new InvalidOperationException($"sway ended: {server.Output}");
            try
            {
                return (await SwaymsgAsync("-t", "get_outputs")).Contains($"HEADLESS-{outputs}", StringComparison.Ordinal);
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }, "sway answers");
    }

    /// <summary>SIGKILL: the clients lose their connection, as when a real compositor crashes. The dead sockets stay.</summary>
    public async Task KillAsync()
    {
        await server!.KillAsync();
        foreach (var client in clients) await client.DisposeAsync();
        clients.Clear();
    }

    /// <summary>E.g. STOP, for a compositor that hangs.</summary>
    public Task SignalAsync(string signal) => TestProcess.RunAsync("kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture)]);

    public TestProcess StartClient(string program, params string[] arguments)
    {
        var client = TestProcess.Start(program, arguments, Variables);
        clients.Add(client);
        return client;
    }

    /// <summary>Ends a client before the server ends.</summary>
    public async Task StopClientAsync(TestProcess client)
    {
        if (clients.Remove(client)) await client.DisposeAsync();
    }

    public Task<string> RunAsync(string program, params string[] arguments) => TestProcess.RunAsync(program, arguments, Variables);

    public Task<string> SwaymsgAsync(params string[] arguments) => RunAsync("swaymsg", arguments);

    /// <summary>Tiles the background with a picture and returns when grim sees it.</summary>
    public async Task ShowPictureAsync(PixelImage picture)
    {
        await SwaymsgAsync($"output * bg {await WritePictureAsync(picture)} tile");
        var corner = TestPictures.Crop(picture, new ScreenRectangle(0, 0, 64, 64));
        await Eventually.TrueAsync(async () => TestPictures.CountDifferences(corner, await SeeAsync("0,0 64x64")) == 0, "the picture is the background");
    }

    /// <returns>The path of a PNG file that sway can read.</returns>
    public async Task<string> WritePictureAsync(PixelImage picture)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        picture.Bgra.Span.CopyTo(bitmap.GetPixelSpan());
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        await System.IO.File.WriteAllBytesAsync(File("picture.png"), png.ToArray());
        return File("picture.png");
    }

    /// <summary>What grim sees of a region, given as grim takes it.</summary>
    public async Task<PixelImage> SeeAsync(string region)
    {
        await RunAsync("grim", "-s", "1", "-g", region, "-t", "ppm", File("seen.ppm"));
        return TestPictures.FromPpm(await System.IO.File.ReadAllBytesAsync(File("seen.ppm")));
    }

    /// <summary>The title of the window that has the keyboard; empty when none has.</summary>
    public async Task<string> FocusedTitleAsync()
    {
        using var tree = JsonDocument.Parse(await SwaymsgAsync("-t", "get_tree", "-r"));
        return SwayTree.Read(tree.RootElement).FirstOrDefault(window => window.IsFocused)?.Title ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        folder.Dispose();
    }
}
