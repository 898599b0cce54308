using System.Text.Json;
using Sophon.Node.Tests.Platform.Windows.Wine;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd.Windows;

/// <summary>The released win-x64 folder under Wine, driven from REST.</summary>
[Collection(WinePrefix.Collection)]
[Trait("kind", "wine")]
public sealed class WindowsSpecs(WinePrefix prefix)
{
    const string Text = "Hello wörld € Ж 日本 😀";

    [Fact]
    public async Task Notepad_should_hold_what_the_gateway_typed()
    {
        await using var node = await WineNode.StartAsync(prefix);
        await node.RunAsync();

        var pid = (await node.SucceedAsync("app.launch", new { name = "notepad" })).Result!.Value.GetProperty("pid").GetInt32();
        var window = await WindowOfAsync(node, pid);
        await node.SucceedAsync("app.focus", new { pid });
        await node.SucceedAsync("input.keyboard.type", new { text = Text + "\nsecond\tline" });
        // Notepad reads its keys when it comes to them.
        const string expected = Text + "\r\nsecond\tline";
        var copied = "";
        for (var attempt = 0; attempt < 20 && copied != expected; attempt++)
        {
            await node.SucceedAsync("input.keyboard.hotkey", new { keys = "ctrl+a" });
            await node.SucceedAsync("input.keyboard.hotkey", new { keys = "ctrl+c" });
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            copied = (await node.SucceedAsync("clipboard.read")).Result!.Value.GetProperty("text").GetString();
        }

        Assert.Equal(expected, copied);
        // And as an X client sees it, which nothing of ours had in hand; there a line end is \n.
        Assert.Equal(Text + "\nsecond\tline", await node.Session.Server.RunAsync("xclip", "-selection", "clipboard", "-out", "-target", "UTF8_STRING"));
        Assert.Contains("Notepad", window.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capture_should_show_the_pixels_of_the_screen()
    {
        await using var node = await WineNode.StartAsync(prefix, windowManager: false);
        await node.Session.Server.RunAsync("xsetroot", "-solid", "#336699");
        await node.RunAsync();

        var shot = (await node.SucceedAsync("screen.capture", new { quality = 95 })).Result!.Value;
        Assert.Equal((1280, 800), (shot.GetProperty("width").GetInt32(), shot.GetProperty("height").GetInt32()));

        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.File("shot.jpg"), shot.GetProperty("image").GetBytesFromBase64());
        await TestProcess.RunAsync("convert", [folder.File("shot.jpg"), "-crop", "1x1+640+400", "-depth", "8", "rgb:" + folder.File("pixel")]);
        Assert.All((await File.ReadAllBytesAsync(folder.File("pixel"))).Zip([0x33, 0x66, 0x99]), pair => Assert.InRange(pair.First - pair.Second, -3, 3));
    }

    [Fact]
    public async Task Node_should_run_as_a_windows_service_and_stop_cleanly()
    {
        await using var node = await WineNode.StartAsync(prefix, windowManager: false);
        // Wine gives services the machine's variables, but not those that "service install" keeps with the service.
        await node.Session.SetMachineVariableAsync("SOPHON_NODE_HOME", node.Variables["SOPHON_NODE_HOME"]!);
        await node.Session.ShutDownAsync();
        // Wine ends its services with the last program that is none.
        await node.Session.StartDriverAsync("desktop");

        Assert.Contains("Installed and started.", await node.Session.RunAsync(node.Program, "service", "install", "--windows-service"), StringComparison.Ordinal);
        await node.Gateway.WaitForStateAsync(node.NodeId, "online");
        Assert.Contains("RUNNING", await node.Session.RunAsync("sc", "query", "SophonNode"), StringComparison.Ordinal);
        await node.SucceedAsync("system.info");
        var capture = await node.ExecuteAsync("screen.capture");

        await node.Session.RunAsync(node.Program, "service", "start", "--windows-service"); // which it is already
        await node.Session.RunAsync(node.Program, "service", "stop", "--windows-service");
        await Eventually.TrueAsync(async () => (await node.Session.RunAsync("sc", "query", "SophonNode")).Contains("STOPPED", StringComparison.Ordinal), "the service has stopped", TimeSpan.FromSeconds(60));
        await node.Gateway.WaitForStateAsync(node.NodeId, "offline");
        await node.Session.RunAsync(node.Program, "service", "uninstall", "--windows-service");
        await node.Session.RunAsync(node.Program, "service", "uninstall", "--windows-service");
        await node.Session.RemoveMachineVariableAsync("SOPHON_NODE_HOME");
        // The service manager hears of the end before the program has written its last line.
        await Eventually.TrueAsync(() => Log(node).Contains("Sophon Node stopped: \"Success\"", StringComparison.Ordinal), $"the last line of the log, which ends: {Log(node)[^Math.Min(1_000, Log(node).Length)..]}");
        Assert.Equal("displayUnavailable", capture.Code);
        Assert.Contains("logon task", capture.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_should_be_sealed_by_windows_and_open_for_the_same_user()
    {
        await using var node = await WineNode.StartAsync(prefix, windowManager: false, "--token-store", "os");
        Assert.Contains("kept-by-the-operating-system", await File.ReadAllTextAsync(Path.Combine(node.Home, "config.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(node.Home, "tokens"), "*.dpapi"));
        await node.RunAsync();
        await node.SucceedAsync("system.info");
    }

    [Fact]
    public async Task Script_of_the_shell_should_be_refused_and_the_shell_itself_run()
    {
        await using var node = await WineNode.StartAsync(prefix, windowManager: false);
        await File.WriteAllTextAsync(Path.Combine(node.Home, "policy.conf"), "system-execute = allow", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(node.Home, "hello.cmd"), "@echo hello %1\r\n", TestContext.Current.CancellationToken);
        await node.RunAsync();
        var script = WineSession.WindowsPath(Path.Combine(node.Home, "hello.cmd"));
        var refused = await node.ExecuteAsync("system.execute", new { command = script, args = new[] { "\"&calc.exe" } });
        Assert.Equal("unsupported", refused.Code);
        Assert.Contains("reads its arguments anew", refused.Message, StringComparison.Ordinal);
        var run = await node.SucceedAsync("system.execute", new { command = "cmd.exe", args = new[] { "/d", "/c", script, "there" } });
        Assert.Contains("hello there", run.Result!.Value.GetProperty("stdout").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Green while it is online, amber while it is paused, as an X client sees it.</summary>
    [Fact]
    public async Task Started_node_should_show_its_state_in_the_notification_area()
    {
        await using var node = await WineNode.StartAsync(prefix, windowManager: false);
        node.Session.Start(node.Variables, "explorer", $"/desktop=tests,{node.Session.Server.Width}x{node.Session.Server.Height}", WineSession.WindowsPath(node.Program), "start");
        await node.Gateway.WaitForStateAsync(node.NodeId, "online");
        await ShowsAsync(node, "#2EA043");
        node.Session.Start(node.Variables, node.Program, "pause");
        await ShowsAsync(node, "#D29922");
    }

    static Task ShowsAsync(WineNode node, string colour) => Eventually.TrueAsync(
        async () => (await node.Session.Server.RunAsync("sh", "-c", "import -silent -window root png:- | convert png:- -format %c histogram:info:-")).Contains(colour, StringComparison.OrdinalIgnoreCase),
        $"{colour} in the notification area", TimeSpan.FromSeconds(30));

    static string Log(WineNode node) => string.Concat(Directory.EnumerateFiles(Path.Combine(node.Home, "logs")).Select(File.ReadAllText));

    static async Task<JsonElement> WindowOfAsync(WineNode node, int pid)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(
            async () =>
            {
                var windows = (await node.SucceedAsync("window.list")).Result!.Value.GetProperty("windows").EnumerateArray();
                found = windows.FirstOrDefault(window => window.GetProperty("pid").GetInt32() == pid);
                return found.ValueKind == JsonValueKind.Object;
            },
            $"the window of process {pid}");
        return found;
    }
}
