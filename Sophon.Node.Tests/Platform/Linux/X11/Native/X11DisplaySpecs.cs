using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11;
using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

[SupportedOSPlatform("linux")]
[Trait("kind", "real")]
public class X11DisplaySpecs
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_error_should_find_its_request_among_many_in_flight()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var display = new X11Display(server.Environment);
        var session = await display.GetSessionAsync(CancellationToken.None);

        var answers = Enumerable.Range(0, 200).Select(i =>
            session.Connection.RequestAsync(new GetGeometry(i % 7 == 3 ? 0xdead0000u + (uint)i : session.Root))).ToList();

        for (var i = 0; i < answers.Count; i++)
        {
            if (i % 7 != 3)
            {
                Assert.Equal(server.Width, (await answers[i].WaitAsync(Deadline)).Width);
                continue;
            }

            var error = await Assert.ThrowsAsync<X11ErrorException>(() => answers[i].WaitAsync(Deadline));
            Assert.Equal((nameof(GetGeometry), X11ErrorCode.BadDrawable, 0xdead0000u + (uint)i), (error.Request, error.Code, error.BadValue));
        }
    }

    [Fact]
    public async Task Answers_should_stay_right_after_200000_requests()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var display = new X11Display(server.Environment);
        var session = await display.GetSessionAsync(CancellationToken.None);

        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 50_000; i++) session.Connection.Post(new DeleteProperty(session.HiddenWindow, PredefinedAtom.WmName));
            await session.Connection.SendAsync([new ChangeProperty(session.HiddenWindow, PredefinedAtom.WmName, PredefinedAtom.String, 8, new[] { (byte)('0' + round) })]);
            var value = await session.Connection.RequestAsync(new GetProperty(session.HiddenWindow, PredefinedAtom.WmName)).WaitAsync(Deadline);
            Assert.Equal([(byte)('0' + round)], value.Value);
        }
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_should_be_a_typed_error_and_be_reached_again_when_it_is_back()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var display = new X11Display(server.Environment);
        var pointer = new NativePointer(display);
        var screen = new NativeScreen(display);
        await pointer.MoveAsync(new ScreenPoint(10, 10), CancellationToken.None);
        var session = await display.GetSessionAsync(CancellationToken.None);

        // Stopped first, so that it certainly dies with our requests unanswered.
        await TestProcess.RunAsync("kill", ["-STOP", $"{server.ServerProcessId}"]);
        var waiting = Enumerable.Range(0, 20).Select(i => session.Connection.RequestAsync(new GetGeometry(session.Root))).ToList();
        var capture = screen.CaptureAsync(new ScreenRectangle(0, 0, 100, 100), new CaptureOptions(true), CancellationToken.None);
        await server.KillAsync();

        foreach (var request in waiting) await Assert.ThrowsAsync<DisplayUnavailableException>(() => request.WaitAsync(Deadline));
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => capture.WaitAsync(Deadline));
        var gone = await Assert.ThrowsAsync<DisplayUnavailableException>(() => pointer.MoveAsync(new ScreenPoint(1, 1), CancellationToken.None).WaitAsync(Deadline));
        Assert.Contains(server.Display, gone.Message, StringComparison.Ordinal);

        await server.RestartAsync();

        await pointer.MoveAsync(new ScreenPoint(33, 44), CancellationToken.None).WaitAsync(Deadline);
        Assert.Contains("x:33 y:44", await server.RunAsync("xdotool", "getmouselocation"), StringComparison.Ordinal);
        using var image = await screen.CaptureAsync(new ScreenRectangle(0, 0, 100, 100), CancellationToken.None).WaitAsync(Deadline);
        Assert.Equal(100, image.Width);
    }

    [Fact]
    public async Task A_server_that_is_stopped_should_not_hold_a_cancelled_call()
    {
        await using var server = await XvfbServer.StartAsync();
        await using var display = new X11Display(server.Environment);
        var (pointer, screen) = (new NativePointer(display), new NativeScreen(display));
        await pointer.MoveAsync(new ScreenPoint(10, 10), CancellationToken.None);
        await TestProcess.RunAsync("kill", ["-STOP", $"{server.ServerProcessId}"]);

        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var move = pointer.MoveAsync(new ScreenPoint(1, 1), cancel.Token);
        var capture = screen.CaptureAsync(new ScreenRectangle(0, 0, 10, 10), new CaptureOptions(), cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => move.WaitAsync(Deadline));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture.WaitAsync(Deadline));
        await TestProcess.RunAsync("kill", ["-CONT", $"{server.ServerProcessId}"]);
        using var image = await screen.CaptureAsync(new ScreenRectangle(0, 0, 10, 10), new CaptureOptions(), CancellationToken.None).WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_server_with_a_cookie_should_let_in_only_who_has_it()
    {
        using var folder = new TestFolder();
        var number = Random.Shared.Next(31_000, 60_000);
        await TestProcess.RunAsync("xauth", ["-f", folder.File("cookies"), "add", $":{number}", ".", "00112233445566778899aabbccddeeff"]);
        await using var server = TestProcess.Start("Xvfb", [$":{number}", "-auth", folder.File("cookies"), "-displayfd", "1", "-nolisten", "tcp"]);
        await server.WaitForOutputAsync("\n");

        await using var with = new X11Display(new X11Environment($":{number}", folder.File("cookies")));
        await using var without = new X11Display(new X11Environment($":{number}", folder.File("none")));

        await with.GetSessionAsync(CancellationToken.None);
        var error = await Assert.ThrowsAsync<DisplayUnavailableException>(async () => await without.GetSessionAsync(CancellationToken.None));
        Assert.Contains("XAUTHORITY", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "DISPLAY is not set")]
    [InlineData("nonsense", "\"nonsense\"")]
    [InlineData(":63999", ":63999")]
    [InlineData("127.0.0.1:9876", "127.0.0.1:9876")]
    public async Task A_display_that_is_not_there_should_be_named(string? name, string named)
    {
        await using var display = new X11Display(new X11Environment(name, null));

        var error = await Assert.ThrowsAsync<DisplayUnavailableException>(async () => await display.GetSessionAsync(CancellationToken.None));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_display_over_TCP_should_serve_as_well_with_pixels_over_the_socket()
    {
        var number = Random.Shared.Next(20_000, 30_000);
        await using var server = TestProcess.Start("Xvfb", [$":{number}", "-screen", "0", "320x200x24", "-listen", "tcp", "-ac", "-displayfd", "1"]);
        await server.WaitForOutputAsync("\n");
        await using var display = new X11Display(new X11Environment($"127.0.0.1:{number}", null));

        using var image = await new NativeScreen(display).CaptureAsync(new ScreenRectangle(0, 0, 320, 200), CancellationToken.None);

        Assert.Equal(320 * 200 * 4, image.Bgra.Length);
        Assert.Equal(320, (await new NativeScreen(display).GetMonitorsAsync(CancellationToken.None)).Primary.Bounds.Width);
    }
}
