using Microsoft.Extensions.Time.Testing;
using Sophon.Node.Actors;
using Sophon.Node.Cli.Status;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Reporting;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Reporting;

public sealed class StatusSpecs : IDisposable
{
    static readonly NodeIdentity Identity = new(new Uri("https://gw.example.com"), new NodeToken("abc123", "a1b2c3d4e5f6"));
    static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(90);

    readonly TestFolder folder = new();
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    readonly StatusRecorder recorder;

    public StatusSpecs() => recorder = new StatusRecorder(Path, Identity, time, Serilog.Core.Logger.None);

    string Path => folder.File("state/status.json");

    public void Dispose()
    {
        recorder.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Changes_of_the_connection_should_be_on_disk_at_once()
    {
        recorder.On(new NodeEvents.ConnectedToGateway(Identity));
        Assert.Equal(ConnectionState.Connected, NodeStatus.Read(Path)!.Connection);
        Beat(3);
        var status = NodeStatus.Read(Path)!;
        Assert.Equal((ConnectionState.Online, 3.0, time.GetUtcNow()), (status.Connection, status.LastRoundTripMs!.Value, status.LastHeartbeatAt!.Value));
        Assert.Equal(Environment.ProcessId, status.ProcessId);
        recorder.On(new NodeEvents.ConnectionLost("cut", TimeSpan.FromSeconds(1)));
        Assert.Equal("cut", NodeStatus.Read(Path)!.Detail);
    }

    [Fact]
    public void Heartbeats_should_be_written_no_more_than_once_a_second_and_the_last_one_always()
    {
        Beat(1);
        Beat(2);
        Beat(3);
        Assert.Equal(1, NodeStatus.Read(Path)!.LastRoundTripMs);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, NodeStatus.Read(Path)!.LastRoundTripMs);
    }

    [Fact]
    public void End_should_be_written_and_a_refusal_kept()
    {
        Beat(1);
        recorder.Dispose();
        Assert.Equal(ConnectionState.Stopped, NodeStatus.Read(Path)!.Connection);

        using var refused = new StatusRecorder(Path, Identity, time, Serilog.Core.Logger.None);
        refused.On(new NodeEvents.ConnectionRefused(DisconnectReasons.Revoked, "This Node was revoked."));
        refused.Dispose();
        Assert.Equal((ConnectionState.Refused, "This Node was revoked."), (NodeStatus.Read(Path)!.Connection, NodeStatus.Read(Path)!.Detail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"connection\":\"flying\"}")]
    public void Broken_file_should_count_as_none(string text)
    {
        Directory.CreateDirectory(folder.File("state"));
        File.WriteAllText(Path, text);
        Assert.Null(NodeStatus.Read(Path));
    }

    [Fact]
    public void Disk_that_can_not_be_written_should_not_end_the_node()
    {
        Directory.CreateDirectory(folder.File("state"));
        Directory.CreateDirectory(Path + ".new");
        Beat(1);
        Assert.Null(NodeStatus.Read(Path));
    }

    [Fact]
    public void Report_of_a_node_online_should_be_success()
    {
        Beat(3.25);
        var report = Report(running: true);
        Assert.Equal((ExitCode.Success, true, "online"), (report.ExitCode, report.Online, report.Connection));
        Assert.Equal("abc123.a1b…", report.TokenPrefix);
        Assert.Equal(
            ["Paired:          yes", "Node ID:         abc123", "Token:           abc123.a1b…", "Gateway:         https://gw.example.com"],
            StatusCommand.Lines(report, time.GetUtcNow()).Take(4));
        Assert.Contains("Last round trip: 3.25 ms", StatusCommand.Lines(report, time.GetUtcNow()));
    }

    [Fact]
    public void Report_should_not_believe_a_connection_that_is_silent_too_long()
    {
        Beat(1);
        time.Advance(SilenceLimit + TimeSpan.FromSeconds(1));
        Assert.Equal((ExitCode.NotOnline, "stale"), (Report(running: true).ExitCode, Report(running: true).Connection));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(-24)]
    public void Report_should_not_depend_on_a_clock_that_is_set(int hours)
    {
        var clock = new SettableClock();
        using var node = new StatusRecorder(Path, Identity, clock, Serilog.Core.Logger.None);
        node.On(new NodeEvents.HeartbeatAcknowledged(clock.GetUtcNow(), TimeSpan.FromMilliseconds(1)));
        node.On(new NodeEvents.TreeResponded(clock.GetUtcNow(), TimeSpan.Zero));
        clock.Set += TimeSpan.FromHours(hours);
        Assert.Equal(ExitCode.Success, Report().ExitCode);
        clock.Passed += SilenceLimit + TimeSpan.FromSeconds(1);
        Assert.Equal("stale", Report().Connection);

        StatusReport Report() => StatusReport.Of(Identity, NodeStatus.Read(Path), running: true, clock, SilenceLimit);
    }

    [Fact]
    public void Report_of_a_dead_node_should_tell_its_last_heartbeat_only()
    {
        Beat(1);
        var report = Report(running: false);
        Assert.Equal((ExitCode.NotRunning, false, null, null), (report.ExitCode, report.Online, report.Connection, report.ProcessId));
        Assert.NotNull(report.LastHeartbeatAt);
    }

    [Fact]
    public void Report_of_a_reconnecting_node_should_not_be_success()
    {
        recorder.On(new NodeEvents.ConnectionLost("cut", TimeSpan.FromSeconds(1)));
        Assert.Equal((ExitCode.NotOnline, "cut"), (Report(running: true).ExitCode, Report(running: true).Detail));
    }

    [Fact]
    public void Report_of_another_identity_should_not_tell_of_the_last_one()
    {
        Beat(1);
        var other = Identity with { Token = new NodeToken("other", "a1b2c3d4e5f6") };
        Assert.Null(StatusReport.Of(other, NodeStatus.Read(Path), running: false, time, SilenceLimit).LastHeartbeatAt);
    }

    [Fact]
    public void Report_without_pairing_should_say_how()
    {
        var report = StatusReport.Of(null, null, running: false, time, SilenceLimit);
        Assert.Equal(ExitCode.NotPaired, report.ExitCode);
        Assert.Contains("Add Node", Assert.Single(StatusCommand.Lines(report, time.GetUtcNow())), StringComparison.Ordinal);
    }

    StatusReport Report(bool running) => StatusReport.Of(Identity, NodeStatus.Read(Path), running, time, SilenceLimit);

    /// <summary>A machine whose wall clock somebody sets while its own time goes on.</summary>
    sealed class SettableClock : TimeProvider
    {
        public TimeSpan Set { get; set; }

        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50) + Set + Passed;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);
    }

    void Beat(double milliseconds) => recorder.On(new NodeEvents.HeartbeatAcknowledged(time.GetUtcNow(), TimeSpan.FromMilliseconds(milliseconds)));
}
