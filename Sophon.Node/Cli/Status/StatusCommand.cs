using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sophon.Node.Cli.Help;
using Sophon.Node.Files;
using Sophon.Node.Policy;
using Sophon.Node.Reporting;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Status;

/// <summary><c>sophon-node status</c>: paired, running, online? From config.json, the lock and state/status.json; asks no Gateway.</summary>
static class StatusCommand
{
    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new ExampleCommand(
            "status", "Tells whether this machine is paired, and whether its Node is online. Exit code 0 only when it is; 4 not paired, 7 not running, 8 running but not online.",
            ("sophon-node status", "for people"),
            ("sophon-node status --json | jq .lastRoundTripMs", "for scripts"))
        { json };
        command.SetAction((result, _) => context.RunAsync(() => Task.FromResult(Print(context, result.GetValue(json)))));
        return command;
    }

    static ExitCode Print(CliContext context, bool asJson)
    {
        var settings = SettingsLoader.Load(context.Home, RunMode.Console);
        var now = DateTimeOffset.UtcNow;
        var report = StatusReport.Of(
            context.Identity.Peek(), NodeStatus.Read(context.Home.Status), NodeLock.IsHeld(context.Home), TimeProvider.System, settings.Node.Heartbeat.SilenceLimit) with { PausedSince = PauseFile.Read(context.Home)?.Since };
        if (asJson) context.Output.WriteLine(JsonSerializer.Serialize(report, StatusReportJson.Default.StatusReport));
        else foreach (var line in Lines(report, now)) context.Output.WriteLine(line);
        return report.ExitCode;
    }

    public static IEnumerable<string> Lines(StatusReport report, DateTimeOffset now)
    {
        if (!report.Paired)
        {
            yield return "Paired:          no. Register this machine in the Dashboard (Add Node) and run the command that it shows.";
            yield break;
        }

        yield return "Paired:          yes";
        yield return $"Node ID:         {report.NodeId}";
        yield return report.TokenStore == StatusReport.Os ? "Token:           kept by the operating system" : $"Token:           {report.TokenPrefix}";
        yield return $"Gateway:         {report.GatewayUrl}";
        yield return report.Running
            ? $"Node:            running (pid {report.ProcessId}, since {Local(report.StartedAt)})"
            : "Node:            not running. Start it: sophon-node start";
        if (report.Running) yield return $"Connection:      {report.Connection ?? "starting"}, since {Local(report.Since)}{(report.Detail is null ? "" : $": {report.Detail}")}";
        else if (report.Detail is not null) yield return $"It ended with:   {report.Detail}";
        if (report.Desktop is not null) yield return $"Desktop:         {report.Desktop}{(report.DesktopReason is null || report.DesktopReason == report.Desktop ? "" : $" ({report.DesktopReason})")}";
        if (report.PausedSince is not null) yield return $"Paused:          since {Local(report.PausedSince)}. End it: sophon-node resume";
        yield return report.LastHeartbeatAt is { } last ? $"Last heartbeat:  {Local(last)} ({Ago(now - last)})" : "Last heartbeat:  never";
        if (report.LastRoundTripMs is { } trip) yield return string.Create(CultureInfo.InvariantCulture, $"Last round trip: {trip:0.##} ms");
        if (report is { Running: true, TreeRespondedAt: { } responded }) yield return $"Actors answered: {Ago(now - responded)}";
        if (report.JournalTrouble is { } trouble) yield return $"Commands are refused. {trouble}";
        if (report.DroppedResults > 0) yield return $"Dropped results: {report.DroppedResults}, since the Gateway did not store them in time";
    }

    static string Local(DateTimeOffset? at) => at?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "?";

    static string Ago(TimeSpan age) =>
        age.TotalSeconds < 1 ? "just now"
        : age.TotalSeconds < 120 ? $"{(int)age.TotalSeconds} s ago"
        : age.TotalHours < 2 ? $"{(int)age.TotalMinutes} min ago"
        : $"{(int)age.TotalHours} h ago";
}
