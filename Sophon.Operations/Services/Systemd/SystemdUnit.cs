using System.Globalization;
using System.Text;

namespace Sophon.Operations.Services.Systemd;

/// <summary>The text of a unit file (systemd.service(5), systemd.exec(5)); understood by systemd 247 and later.</summary>
static class SystemdUnit
{
    /// <summary>What a service that drives no desktop can do without.</summary>
    const string Confinement = """
        DynamicUser=yes
        StateDirectoryMode=0700
        UMask=0077
        CapabilityBoundingSet=CAP_NET_BIND_SERVICE
        AmbientCapabilities=CAP_NET_BIND_SERVICE
        NoNewPrivileges=yes
        ProtectSystem=strict
        ProtectHome=yes
        ProtectProc=invisible
        ProtectClock=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        ProtectControlGroups=yes
        PrivateTmp=yes
        PrivateDevices=yes
        RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        LockPersonality=yes
        RemoveIPC=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service
        SystemCallFilter=~@privileged @resources
        """;

    public static string Render(ServiceDefinition service, bool system)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            [Unit]
            Description={service.Description}
            Documentation=man:{service.Name}(1)
            {(system ? "Wants=network-online.target\nAfter=network-online.target\n" : "")}# Tried again for ever: a machine that nobody looks at must come back by itself.
            StartLimitIntervalSec=0

            [Service]
            Type=notify
            NotifyAccess=main
            ExecStart={string.Join(' ', service.CommandLine.Select(Quote))}
            Restart=on-failure
            RestartSec=10

            """);
        if (service.FinalExitCodes.Count > 0) text.Append(CultureInfo.InvariantCulture, $"RestartPreventExitStatus={string.Join(' ', service.FinalExitCodes)}\n");
        if (service.Watchdog is { } watchdog) text.Append(CultureInfo.InvariantCulture, $"WatchdogSec={watchdog.TotalSeconds:0}\n");
        text.Append(CultureInfo.InvariantCulture, $"TimeoutStopSec={service.StopWithin.TotalSeconds:0}\n");
        if (service.ChildrenOutlive) text.Append("""
            # What it was asked to launch is the person's, and goes on when the service stops or one of them runs out of memory.
            KillMode=process
            OOMPolicy=continue

            """);
        foreach (var (name, value) in service.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"Environment={Quote($"{name}={value}")}\n");
        if (system) text.Append(CultureInfo.InvariantCulture, $"""

            StateDirectory={service.Name}
            CacheDirectory={service.Name}
            # The program unpacks its native libraries there.
            Environment=DOTNET_BUNDLE_EXTRACT_BASE_DIR=/var/cache/{service.Name}
            {Confinement}

            """);
        return text.Append(CultureInfo.InvariantCulture, $"\n[Install]\nWantedBy={(system ? "multi-user.target" : "default.target")}\n").ToString();
    }

    /// <summary>One word of a command line or an assignment. Percent signs are specifiers and dollars variables to systemd.</summary>
    public static string Quote(string word)
    {
        var escaped = word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return escaped.Length > 0 && !escaped.Any(letter => char.IsWhiteSpace(letter) || letter is '"' or '\'' or '\\' or ';' or '#') ? escaped : $"\"{escaped}\"";
    }
}
