using System.Text;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>A real X server driven from REST: Gateway, Node and helpers are processes of their own.</summary>
public abstract class DesktopSpecs(string backend)
{
    Task<RunningSystem> StartAsync(bool windowManager = true, string? nodeConf = null, string? policyConf = null) =>
        RunningSystem.StartAsync(windowManager, $"sophon.node.platform.x11.backend = {backend}\n{nodeConf}", policyConf: policyConf);

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    public async Task Unicode_text_should_arrive_letter_for_letter(string layout)
    {
        const string Text = """Grüße, 世界 €😀 "quotes" $HOME \n""";
        await using var system = await StartAsync();
        await system.Server.RunAsync("setxkbmap", layout);
        await using var witness = await TypingWitness.StartAsync(system.Server);
        await system.SucceedAsync("input.keyboard.type", new { text = Text + "\n" });
        Assert.Equal(Text + "\n", await witness.ReadAsync(Text + "\n"));
    }

    [Fact]
    public async Task Clicks_on_two_monitors_should_land_on_their_points_and_those_outside_be_refused()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var system = await StartAsync(windowManager: false);
        await system.Server.SetTwoMonitorsAsync();
        await using var witness = await ClickWitness.StartAsync(system.Server);

        var points = Enumerable.Range(0, 200).Select(_ => (X: random.Next(system.Server.Width), Y: random.Next(system.Server.Height))).ToList();
        foreach (var (x, y) in points) await system.SucceedAsync("input.mouse.click", new { x, y });
        var presses = (await witness.WaitForAsync(400)).Where(seen => seen.Pressed).ToList();
        Assert.Equal(points, presses.Select(seen => (seen.X, seen.Y)));

        for (var i = 0; i < 200; i++)
        {
            var (x, y) = random.Next(4) switch
            {
                0 => (-1 - random.Next(1_000), random.Next(system.Server.Height)),
                1 => (system.Server.Width + random.Next(1_000), random.Next(system.Server.Height)),
                2 => (random.Next(system.Server.Width), -1 - random.Next(1_000)),
                _ => (random.Next(system.Server.Width), system.Server.Height + random.Next(1_000)),
            };
            var answer = await system.ExecuteAsync("input.mouse.click", new { x, y });
            Assert.Equal(("failed", "invalidArgument"), (answer.Status, answer.Code));
        }

        Assert.Equal(400, witness.Events.Count);
    }

    [Fact]
    public async Task Capture_of_an_unchanged_screen_should_say_so_and_of_a_changed_one_show_it()
    {
        await using var system = await StartAsync(windowManager: false);
        await system.Server.RunAsync("xsetroot", "-solid", "#336699");
        var first = (await system.SucceedAsync("screen.capture")).Result!.Value;
        var id = first.GetProperty("captureId").GetString();

        // The first image takes the hub, later ones the socket for images.
        for (var i = 0; i < 5; i++)
        {
            var same = (await system.SucceedAsync("screen.capture", new { ifChangedSince = id })).Result!.Value;
            Assert.Equal((true, id, false), (same.GetProperty("unchanged").GetBoolean(), same.GetProperty("captureId").GetString(), same.TryGetProperty("image", out _)));
            var again = (await system.SucceedAsync("screen.capture")).Result!.Value;
            Assert.Equal(first.GetProperty("image").GetString(), again.GetProperty("image").GetString());
        }

        await system.Server.RunAsync("xsetroot", "-solid", "#993366");
        var changed = (await system.SucceedAsync("screen.capture", new { ifChangedSince = id })).Result!.Value;
        Assert.NotEqual(first.GetProperty("image").GetString(), changed.GetProperty("image").GetString());
        Assert.NotEqual(id, changed.GetProperty("captureId").GetString());
    }

    [Fact]
    public async Task Live_view_should_show_what_is_drawn_and_end_with_a_pause()
    {
        await using var system = await StartAsync(windowManager: false);
        await system.Server.RunAsync("xsetroot", "-solid", "#336699");
        await using var viewer = await LiveViewer.ConnectAsync(system.Gateway, system.Node.NodeId);
        await viewer.SeesAsync(0x33, 0x66, 0x99);
        await system.Server.RunAsync("xsetroot", "-solid", "#993366");
        await viewer.SeesAsync(0x99, 0x33, 0x66);
        await system.Node.Run("pause").ExitAsync();
        await viewer.HearsAsync("paused");
        await system.Server.RunAsync("xsetroot", "-solid", "#00ff00");
        await system.Node.Run("resume").ExitAsync();
        await viewer.SeesAsync(0, 0xff, 0);
    }

    [Fact]
    public async Task Capture_should_show_the_screen_at_the_asked_size()
    {
        await using var system = await StartAsync(windowManager: false);
        await system.Server.RunAsync("xsetroot", "-solid", "#336699");
        var full = (await system.SucceedAsync("screen.capture", new { quality = 95 })).Result!.Value;
        Assert.Equal((1280, 800, "jpeg"), (full.GetProperty("width").GetInt32(), full.GetProperty("height").GetInt32(), full.GetProperty("format").GetString()));
        var bytes = full.GetProperty("image").GetBytesFromBase64();
        Assert.Equal(bytes.Length, full.GetProperty("sizeBytes").GetInt32());

        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.File("shot.jpg"), bytes);
        var middle = await TestProcess.RunAsync("convert", [folder.File("shot.jpg"), "-crop", "1x1+640+400", "-depth", "8", "rgb:" + folder.File("pixel")]);
        Assert.Equal("", middle);
        Assert.All((await File.ReadAllBytesAsync(folder.File("pixel"))).Zip([0x33, 0x66, 0x99]), pair => Assert.InRange(pair.First - pair.Second, -3, 3));

        var scaled = (await system.SucceedAsync("screen.capture", new { maxWidth = 640 })).Result!.Value;
        Assert.Equal((640, 400, 0.5), (scaled.GetProperty("width").GetInt32(), scaled.GetProperty("height").GetInt32(), scaled.GetProperty("scale").GetDouble()));
        var region = (await system.SucceedAsync("screen.region", new { x = 10, y = 20, width = 33, height = 44 })).Result!.Value;
        Assert.Equal((33, 44, 10, 20), (
            region.GetProperty("width").GetInt32(), region.GetProperty("height").GetInt32(),
            region.GetProperty("region").GetProperty("x").GetInt32(), region.GetProperty("region").GetProperty("y").GetInt32()));
        Assert.Equal("invalidArgument", (await system.ExecuteAsync("screen.region", new { x = 1270, y = 0, width = 33, height = 44 })).Code);
    }

    [Fact]
    public async Task Every_command_of_the_documented_set_should_work()
    {
        await using var system = await StartAsync(policyConf: "system-execute = allow");
        await using var witness = await TypingWitness.StartAsync(system.Server, "first window");
        Assert.Equal(1, (await system.SucceedAsync("screen.monitors")).Result!.Value.GetProperty("count").GetInt32());
        await system.SucceedAsync("input.mouse.move", new { x = 5, y = 6 });
        await system.SucceedAsync("input.mouse.scroll", new { x = 5, y = 6, deltaY = 80, deltaX = -40 });
        await system.SucceedAsync("input.mouse.click", new { x = 5, y = 6, button = "middle", doubleClick = true });
        await system.SucceedAsync("window.maximize", new { title = "first" });
        await system.SucceedAsync("app.focus", new { name = "xterm" });
        await system.SucceedAsync("input.keyboard.press", new { keys = "a" });
        await system.SucceedAsync("input.keyboard.hotkey", new { keys = "shift+b" });
        await system.SucceedAsync("input.keyboard.hotkey", new { keys = new[] { "ctrl", "c" } });
        Assert.Equal("aB\u0003", await witness.ReadAsync("aB\u0003"));

        await system.SucceedAsync("clipboard.write", new { text = "Grüße 😀" });
        Assert.Equal("Grüße 😀", (await system.SucceedAsync("clipboard.read")).Result!.Value.GetProperty("text").GetString());

        var window = (await system.SucceedAsync("window.list")).Result!.Value.GetProperty("windows").EnumerateArray().Single();
        await system.SucceedAsync("window.minimize", new { id = window.GetProperty("id").GetString() });
        Assert.True((await system.SucceedAsync("window.list")).Result!.Value.GetProperty("windows")[0].GetProperty("minimized").GetBoolean());
        var moved = (await system.SucceedAsync("window.move", new { title = "first", x = 40, y = 50, width = 500, height = 300 })).Result!.Value;
        Assert.Equal((40, 50), (moved.GetProperty("x").GetInt32(), moved.GetProperty("y").GetInt32()));

        var pid = (await system.SucceedAsync("app.launch", new { path = "/usr/bin/xterm", args = new[] { "-T", "launched" } })).Result!.Value.GetProperty("pid").GetInt32();
        await Eventually.TrueAsync(
            async () => (await system.SucceedAsync("window.list")).Result!.Value.GetProperty("windows").EnumerateArray().Any(candidate => candidate.GetProperty("title").GetString() == "launched"),
            "the launched window");
        Assert.Contains((await system.SucceedAsync("app.list")).Result!.Value.GetProperty("apps").EnumerateArray(), app => app.GetProperty("pid").GetInt32() == pid);
        await system.SucceedAsync("app.close", new { pid });
        Assert.Equal("notFound", (await system.ExecuteAsync("app.close", new { pid })).Code);

        Assert.Equal(Environment.MachineName, (await system.SucceedAsync("system.info")).Result!.Value.GetProperty("hostName").GetString());
        Assert.NotEmpty((await system.SucceedAsync("system.processes", new { nameFilter = "xterm" })).Result!.Value.GetProperty("processes").EnumerateArray());
        var run = (await system.SucceedAsync("system.execute", new { command = "cat", stdin = "in", args = new[] { "-" } })).Result!.Value;
        Assert.Equal((0, "in"), (run.GetProperty("exitCode").GetInt32(), run.GetProperty("stdout").GetString()));
        Assert.Equal("unsupported", (await system.ExecuteAsync("screen.queryElements")).Code);
    }

    [Fact]
    public async Task Bad_input_should_be_answered_by_name_and_cost_nothing()
    {
        await using var system = await StartAsync(nodeConf: "sophon.node.consent.answer-within = 1s");
        (string Type, object Parameters, string Code)[] bad =
        [
            ("screen.melt", new { }, "unknownCommand"),
            ("input.mouse.move", new { x = 1 }, "invalidArgument"),
            ("input.mouse.move", new { x = "1", y = 1 }, "invalidArgument"),
            ("input.mouse.move", new { x = 1, y = 1, z = 1 }, "invalidArgument"),
            ("screen.capture", new { quality = 101 }, "invalidArgument"),
            ("screen.capture", new { monitor = "no such" }, "invalidArgument"),
            ("input.keyboard.press", new { keys = "no such key" }, "invalidArgument"),
            ("window.move", new { title = "no such window", x = 0, y = 0 }, "notFound"),
            ("app.launch", new { name = "no such application" }, "notFound"),
            ("app.close", new { name = "no such application" }, "notFound"),
            ("system.execute", new { command = "true" }, "denied"),
            ("app.launch", new { path = "/bin/true" }, "denied"),
            ("clipboard.write", new { text = new string('x', 4_000_001) }, "invalidArgument"),
        ];
        foreach (var (type, parameters, code) in bad)
        {
            var answer = await system.ExecuteAsync(type, parameters);
            Assert.True(answer.Code == code, $"{type}: {answer}");
            Assert.NotEmpty(answer.Message!);
        }

        await system.SucceedAsync("system.info");
        Assert.DoesNotContain("Connection", system.Node.Process.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Text_of_a_megabyte_should_survive_the_clipboard()
    {
        var text = new StringBuilder().Insert(0, "Grüße 😀 ", 100_000).ToString();
        await using var system = await StartAsync();
        await system.SucceedAsync("clipboard.write", new { text });
        Assert.Equal(text, (await system.SucceedAsync("clipboard.read")).Result!.Value.GetProperty("text").GetString());
    }
}

[Trait("kind", "real")]
public sealed class X11ToolsSpecs() : DesktopSpecs("tools");

[Trait("kind", "real")]
public sealed class X11NativeSpecs() : DesktopSpecs("native");
