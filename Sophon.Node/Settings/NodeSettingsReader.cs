using Sophon.Node.Actors;

namespace Sophon.Node.Settings;

/// <summary>The settings records from <c>sophon.node { … }</c>. A spec holds that this reads every key of hocon/reference.conf and that the defaults agree.</summary>
static class NodeSettingsReader
{
    public const string Root = "sophon.node";

    public static NodeSettings ReadNode(SettingValues values) => new()
    {
        Pairing = new(
            values.Duration($"{Root}.pairing.poll-interval", Seconds(0.1), Minutes(1)),
            values.Duration($"{Root}.pairing.request-timeout", Seconds(1), Minutes(2)),
            values.Duration($"{Root}.pairing.unreachable-for", Seconds(0), Minutes(15))),
        Gateway = new(
            values.Switch($"{Root}.gateway.token-in-query"),
            values.Duration($"{Root}.gateway.connect-timeout", Seconds(1), Minutes(5)),
            values.Duration($"{Root}.gateway.keep-alive-interval", Seconds(0.1), Minutes(1)),
            values.Duration($"{Root}.gateway.server-timeout", Seconds(0.2), Minutes(5)),
            values.Duration($"{Root}.gateway.first-retry-within", Seconds(0), Minutes(1)),
            values.Duration($"{Root}.gateway.retry-cap", Seconds(1), Minutes(10)),
            values.Switch($"{Root}.gateway.trust-gateway-scopes")),
        Heartbeat = new(
            values.Duration($"{Root}.heartbeat.interval", Seconds(0.1), Seconds(60)),
            values.Duration($"{Root}.heartbeat.silence-limit", Seconds(1), Minutes(10))),
        Commands = new(
            values.Count($"{Root}.commands.queue-limit", 1, 100_000),
            values.Count($"{Root}.commands.remembered-ids", 0, 1_000_000),
            values.Duration($"{Root}.commands.drain-timeout", Seconds(0), Minutes(2)),
            values.Duration($"{Root}.commands.kill-grace", Seconds(0.1), Minutes(1))),
        Journal = new(
            values.Duration($"{Root}.journal.remembered-for", Minutes(10), Days(30)),
            values.Duration($"{Root}.journal.results-kept-for", Minutes(10), Days(30)),
            values.Switch($"{Root}.journal.sync")),
        Watchdog = new(
            values.Duration($"{Root}.watchdog.interval", Seconds(1), Seconds(60)),
            values.Duration($"{Root}.watchdog.limit", Seconds(5), Minutes(10))),
        Consent = new(
            values.Duration($"{Root}.consent.answer-within", Seconds(1), Minutes(10)),
            values.Count($"{Root}.consent.queue-limit", 1, 1_000)),
    };

    public static LogSettings ReadLog(SettingValues values) => new(
        values.Level($"{Root}.log.console-level", mayBeOff: true),
        values.Level($"{Root}.log.file-level", mayBeOff: false)!.Value,
        values.Count($"{Root}.log.retained-days", 1, 3650),
        values.Count($"{Root}.log.file-megabytes", 1, 1024),
        values.Count($"{Root}.log.retained-files", 2, 3650));

    public static DesktopSettings ReadDesktop(SettingValues values) => new(
        values.Choice<Backend>($"{Root}.platform.x11.backend"), values.Choice<Backend>($"{Root}.platform.wayland.backend"));

    static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);

    static TimeSpan Days(double count) => TimeSpan.FromDays(count);

    static TimeSpan Minutes(double count) => TimeSpan.FromMinutes(count);
}
