using System.Text.Json;
using Sophon.Node.Platform.Linux;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux;

[Trait("kind", "real")]
public sealed class NotifySendSpecs : IAsyncLifetime
{
    // The session bus of the system would start a daemon by itself: this one knows no services.
    const string BusConfiguration = """
        <busconfig>
          <type>session</type>
          <listen>unix:tmpdir=/tmp</listen>
          <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
        </busconfig>
        """;

    readonly TestFolder folder = new();
    XvfbServer server = null!;
    Dictionary<string, string?> variables = [];

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync();
        await File.WriteAllTextAsync(folder.File("bus.conf"), BusConfiguration);
        var daemon = server.StartClient("dbus-daemon", "--config-file", folder.File("bus.conf"), "--nofork", "--print-address=1");
        await daemon.WaitForOutputAsync("\n");
        variables = new Dictionary<string, string?>(server.Variables) { ["DBUS_SESSION_BUS_ADDRESS"] = daemon.StandardOutput.Split('\n')[0] };
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Notification_should_reach_the_daemon_as_it_was_written()
    {
        await using var dunst = TestProcess.Start("dunst", ["-conf", "/dev/null"], variables);
        var notifications = new NotifySend(new HelperRunner(variables));
        await Eventually.TrueAsync(async () => (await TestProcess.Start("dunstctl", ["count"], variables).WaitForTextAsync()).Contains("Waiting", StringComparison.Ordinal), "dunst listens");

        await notifications.ShowAsync("-title ü", "a < b & <b>c</b> \"q\" 世界", CancellationToken.None);

        await TestProcess.RunAsync("dunstctl", ["close-all"], variables);
        using var history = JsonDocument.Parse(await TestProcess.RunAsync("dunstctl", ["history"], variables));
        var shown = history.RootElement.GetProperty("data")[0][0];
        Assert.Equal("-title ü", shown.GetProperty("summary").GetProperty("data").GetString());
        Assert.Equal("Sophon Node", shown.GetProperty("appname").GetProperty("data").GetString());
        Assert.Equal("a &lt; b &amp; &lt;b&gt;c&lt;/b&gt; \"q\" 世界", shown.GetProperty("body").GetProperty("data").GetString());
    }

    [Fact]
    public async Task Missing_daemon_should_be_a_failure_that_says_so()
    {
        var notifications = new NotifySend(new HelperRunner(variables));

        var failure = await Assert.ThrowsAsync<ActionFailedException>(() => notifications.ShowAsync("title", "message", CancellationToken.None));

        Assert.Contains("notification daemon", failure.Message);
    }
}
