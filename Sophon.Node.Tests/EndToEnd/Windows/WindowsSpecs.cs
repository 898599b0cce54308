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
