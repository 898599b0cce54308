using System.Buffers.Binary;
using System.Runtime.Versioning;
using System.Text.Json;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.MacOS;

/// <summary>What the Mac's tools would be given, against their documentation: README of cliclick; man pages of osascript, screencapture, sips, pbcopy, open.</summary>
[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class MacDesktopSpecs : IAsyncDisposable
{
    const string Awkward = "it's \"quoted\" \\ back $HOME `x` 世界 😀\n\tsecond; -e line";

    readonly FakeMac mac = new();

    [Fact]
    public async Task Mouse_should_be_cliclicks()
    {
        await mac.Desktop.Pointer.MoveAsync(new(10, 20), default);
        await mac.Desktop.Pointer.ClickAsync(new(0, 0), PointerButton.Left, 1, default);
        await mac.Desktop.Pointer.ClickAsync(new(30, 40), PointerButton.Left, 2, default);
        await mac.Desktop.Pointer.ClickAsync(new(5, 6), PointerButton.Right, 2, default);

        Assert.Equal(["m:=10,=20", "c:=0,=0", "dc:=30,=40", "rc:=5,=6 rc:=5,=6"], mac.Calls.Select(call => string.Join(' ', call.Arguments)));
        Assert.All(mac.Calls, call => Assert.Equal("cliclick", call.Tool));
    }

    [Fact]
    public async Task Points_should_be_used_for_retina_and_for_monitors_left_of_the_primary()
    {
        mac.Answer("monitors", """
            {"value":[
              {"id":"1","name":"Built-in","isPrimary":true,"x":0,"y":0,"width":1440,"height":900,"scale":2},
              {"id":"2","name":"Left","isPrimary":false,"x":-1920,"y":-100,"width":1920,"height":1080,"scale":1}]}
            """);

        await mac.Desktop.Pointer.MoveAsync(new(2879, 1799), default);
        await mac.Desktop.Pointer.MoveAsync(new(-3840, -200), default);
        await mac.Desktop.Pointer.MoveAsync(new(-3840 + 1919, -200 + 1079), default);

        Assert.Equal(["m:=1439,=899", "m:=-1920,=-100", "m:=-1,=979"], mac.Calls.Select(call => call.Arguments[0]));
        Assert.Equal(
            [new ScreenRectangle(0, 0, 2880, 1800), new ScreenRectangle(-3840, -200, 1920, 1080)],
            (await mac.Desktop.Screen.GetMonitorsAsync(default)).Monitors.Select(monitor => monitor.Bounds));
    }

    [Fact]
    public async Task Middle_button_and_wheel_should_be_a_scripts()
    {
        await mac.Desktop.Pointer.ClickAsync(new(7, 8), PointerButton.Middle, 1, default);
        await mac.Desktop.Pointer.ScrollAsync(new(1, 2), -40, 100, default);

        Assert.Equal(
            ["""{"x":7,"y":8,"middleClicks":1,"deltaX":0,"deltaY":0}""", """{"x":1,"y":2,"middleClicks":0,"deltaX":-40,"deltaY":100}"""],
            mac.Calls.Select(call => call.Input));
        Assert.All(mac.Calls, call => Assert.Equal("pointer", call.Tool));
    }

    [Fact]
    public async Task Typed_text_should_arrive_whole_and_in_no_argument()
    {
        await mac.Desktop.Keyboard.TypeAsync(Awkward, default);

        var call = Assert.Single(mac.Calls);
        Assert.Equal(["-l", "JavaScript", "-e"], call.Arguments.Take(3));
        Assert.Equal(MacScripts.Source("type"), call.Arguments[3]);
        Assert.Equal(4, call.Arguments.Count);
        Assert.Equal(Awkward, string.Concat(JsonDocument.Parse(call.Input).RootElement.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString())));
    }

    [Theory]
    [InlineData("enter", "press", """{"keyCode":36,"character":null,"modifiers":[]}""")]
    [InlineData("cmd+shift+t", "press", """{"keyCode":null,"character":"t","modifiers":["command down","shift down"]}""")]
    [InlineData("ctrl+alt+left", "press", """{"keyCode":123,"character":null,"modifiers":["control down","option down"]}""")]
    [InlineData("ctrl+\"", "press", """{"keyCode":null,"character":"\u0022","modifiers":["control down"]}""")]
    [InlineData("ctrl+\\", "press", """{"keyCode":null,"character":"\\","modifiers":["control down"]}""")]
    [InlineData("😀", "type", """{"pieces":["\uD83D\uDE00"]}""")]
    public async Task Keys_should_be_system_events(string keys, string script, string input)
    {
        Assert.True(KeyChord.TryParseHotkey(KeyChord.Split(keys), out var chord, out var error), error);
        await mac.Desktop.Keyboard.PressAsync(chord, default);

        var call = Assert.Single(mac.Calls);
        Assert.Equal(script, call.Tool);
        Assert.Equal(input, call.Input);
    }

    [Fact]
    public async Task Modifier_alone_should_be_cliclicks()
    {
        Assert.True(KeyChord.TryParseHotkey(["shift", "cmd"], out var chord, out _));
        await mac.Desktop.Keyboard.PressAsync(chord, default);

        Assert.Equal(["kd:shift", "kd:cmd", "ku:cmd", "ku:shift"], Assert.Single(mac.Calls).Arguments);
    }

    [Theory]
    [InlineData("f24")]
    [InlineData("ctrl+é")]
    public async Task Keys_that_a_mac_lacks_should_be_unsupported(string keys)
    {
        Assert.True(KeyChord.TryParseHotkey(KeyChord.Split(keys), out var chord, out _));
        await Assert.ThrowsAsync<UnsupportedException>(() => mac.Desktop.Keyboard.PressAsync(chord, default));
        Assert.Empty(mac.Calls);
    }

    [Fact]
    public async Task Clipboard_should_be_pbcopys_and_pbpastes()
    {
        mac.Answer("pbpaste", Awkward);

        Assert.Null(await mac.Desktop.Clipboard.WriteAsync(Awkward, default));

        Assert.Equal(("pbcopy", 0, Awkward), (mac.Calls[0].Tool, mac.Calls[0].Arguments.Count, mac.Calls[0].Input));
        Assert.Equal("pbpaste -Prefer txt", $"{mac.Calls[1].Tool} {string.Join(' ', mac.Calls[1].Arguments)}");
        Assert.Equal(Awkward, await mac.Desktop.Clipboard.ReadAsync(default));
    }

    [Fact]
    public async Task Capture_should_come_in_srgb_and_show_the_asked_pixels()
    {
        mac.Answer("monitors", """{"value":[{"id":"1","name":"Built-in","isPrimary":true,"x":0,"y":0,"width":1440,"height":900,"scale":2}]}""");
        // From (3, 5), 4 by 3 pixels, needs the points (1, 2) to (4, 4): 6 by 4 pixels from (2, 4).
        mac.Answer("sips", Bmp(6, 4));

        using var image = await mac.Desktop.Screen.CaptureAsync(new(3, 5, 4, 3), default);

        Assert.Equal(["screencapture", "sips"], mac.Calls.Select(call => call.Tool));
        Assert.Equal(["-x", "-t", "png", "-R1,2,3,2"], mac.Calls[0].Arguments.Take(4));
        Assert.Equal(
            ["--matchTo", "/System/Library/ColorSync/Profiles/sRGB Profile.icc", "--setProperty", "format", "bmp", mac.Calls[0].Arguments[4], "--out"],
            mac.Calls[1].Arguments.Take(7));
        Assert.False(Directory.Exists(Path.GetDirectoryName(mac.Calls[0].Arguments[4])), "nothing of the screenshot stays");
        for (var y = 0; y < 3; y++)
            for (var x = 0; x < 4; x++)
                Assert.Equal([(byte)(x + 1), (byte)(y + 1), 200], image.Bgra.Slice((y * 4 + x) * 4, 3).ToArray());
    }

    [Fact]
    public async Task Notification_should_carry_its_text_as_it_is()
    {
        await mac.Desktop.Notifications.ShowAsync("a \"title\"", Awkward, default);

        var input = JsonDocument.Parse(Assert.Single(mac.Calls).Input).RootElement;
        Assert.Equal(("a \"title\"", Awkward), (input.GetProperty("title").GetString(), input.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Application_should_be_opened_by_its_bundle()
    {
        mac.Answer("application-find", """{"value":{"path":"/Applications/Text \"Edit\".app","processIds":[42]}}""");

        Assert.Equal(42, await mac.Desktop.Applications.LaunchByNameAsync("Text \"Edit\"", default));

        Assert.Equal(["-a", "/Applications/Text \"Edit\".app"], mac.Calls.Single(call => call.Tool == "open").Arguments);
        Assert.Equal(["-n", "-a", "/A.app", "--args", "--x", "it's"], MacLauncher.Open("/A.app", ["--x", "it's"]));
    }

    [Fact]
    public async Task Windows_should_be_listed_in_pixels_lowest_first()
    {
        mac.Answer("monitors", """{"value":[{"id":"1","name":"Built-in","isPrimary":true,"x":0,"y":0,"width":1440,"height":900,"scale":2}]}""");
        mac.Answer("windows-list", """
            {"value":[
              {"id":"7","title":"in \"front\"","app":"Safari","processId":70,"x":10,"y":25,"width":400,"height":300,"focused":true,"minimized":false,"order":0},
              {"id":"8","title":"behind","app":"Mail","processId":80,"x":0,"y":0,"width":100,"height":100,"focused":false,"minimized":true,"order":1}]}
            """);

        Assert.Equal(
            [
                new WindowInfo("8", "behind", "Mail", 80, new(0, 0, 200, 200), false, true),
                new WindowInfo("7", "in \"front\"", "Safari", 70, new(20, 50, 800, 600), true, false),
            ],
            await mac.Desktop.Windows.ListAsync(default));
    }

    [Fact]
    public async Task Missing_permission_should_name_its_setting_and_nothing_be_tried()
    {
        mac.Answer("session", """{"value":{"accessibility":false,"screenRecording":false,"hasSession":true,"locked":false}}""");

        var input = await Assert.ThrowsAsync<UnsupportedException>(() => mac.Desktop.Pointer.MoveAsync(new(1, 1), default));
        var screen = await Assert.ThrowsAsync<UnsupportedException>(() => mac.Desktop.Screen.CaptureAsync(new(0, 0, 1, 1), default));

        // The install page's words.
        Assert.Contains("System Settings → Privacy & Security → Accessibility", input.Message, StringComparison.Ordinal);
        Assert.Contains("Screen Recording", screen.Message, StringComparison.Ordinal);
        Assert.Empty(mac.Calls);
        var checks = await mac.Desktop.CheckAsync(default);
        Assert.Contains(checks, check => check is { Port: "permission Accessibility", Works: false } && check.Cure!.Contains("System Settings → Privacy & Security → Accessibility", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"error":{"kind":"automation","message":"Not authorised"}}""", typeof(UnsupportedException), "Automation")]
    [InlineData("""{"error":{"kind":"accessibility","message":"API disabled"}}""", typeof(UnsupportedException), "Accessibility")]
    [InlineData("""{"error":{"kind":"notFound","message":"No window 9"}}""", typeof(NotFoundException), "No window 9")]
    [InlineData("""{"error":{"kind":"failed","message":"It is so"}}""", typeof(ActionFailedException), "It is so")]
    [InlineData("no JSON", typeof(ActionFailedException), "no JSON")]
    public async Task Scripts_failure_should_have_its_kind(string answer, Type type, string named)
    {
        mac.Answer("windows-list", answer);

        var failure = await Assert.ThrowsAnyAsync<PlatformException>(() => mac.Desktop.Windows.ListAsync(default));
        Assert.IsType(type, failure);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locked_screen_should_be_said()
    {
        mac.Answer("session", """{"value":{"accessibility":true,"screenRecording":true,"hasSession":true,"locked":true}}""");

        await Assert.ThrowsAsync<DisplayUnavailableException>(() => mac.Desktop.Keyboard.TypeAsync("a", default));
        Assert.Equal(SessionState.Locked, await mac.Desktop.GetSessionStateAsync(default));
    }

    [Fact]
    public async Task Missing_cliclick_should_name_the_install_pages_command()
    {
        await using var bare = new FakeMac(without: "cliclick");

        var missing = await Assert.ThrowsAsync<ToolMissingException>(() => bare.Desktop.Pointer.MoveAsync(new(1, 1), default));
        Assert.Equal("brew install cliclick", missing.InstallCommand);
    }

    public ValueTask DisposeAsync() => mac.DisposeAsync();

    // 24 bits, rows from bottom to top; blue counts the columns, green the rows.
    static byte[] Bmp(int width, int height)
    {
        const int header = 54;
        var stride = (width * 3 + 3) / 4 * 4;
        var file = new byte[header + stride * height];
        (file[0], file[1], file[10], file[14], file[26], file[28]) = ((byte)'B', (byte)'M', header, 40, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                (file[header + (height - 1 - y) * stride + x * 3], file[header + (height - 1 - y) * stride + x * 3 + 1], file[header + (height - 1 - y) * stride + x * 3 + 2]) = ((byte)x, (byte)y, 200);
        return file;
    }
}
