using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.SystemConsole.Themes;
using Sophon.Node.Files;
using Sophon.Node.Settings;

namespace Sophon.Node.Logging;

/// <summary>Where the log goes: standard error, and a file a day that only its owner may read. Standard output belongs to what the install page prints.</summary>
static class NodeLog
{
    /// <summary>A property of lines that the person has read already in other words: they go to the file only.</summary>
    public const string Told = "Told";

    const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {SourceContext}: {Message:lj}{NewLine}{Exception}";
    const string ConsoleLine = "{Timestamp:HH:mm:ss} [{Level:u3}] {Message:lj}{NewLine}{Exception}";

    public static Logger Create(LogSettings settings, bool verbose, NodeHome home, SecretRedactor secrets)
    {
        var fileLevel = verbose ? LogEventLevel.Debug : settings.FileLevel;
        var consoleLevel = verbose && settings.ConsoleLevel is not null ? LogEventLevel.Debug : settings.ConsoleLevel;
        var least = consoleLevel < fileLevel ? consoleLevel.Value : fileLevel;
        return new LoggerConfiguration()
            .MinimumLevel.Is(least)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore.SignalR", least)

            // These write whole URLs and headers at Information and below.
            .MinimumLevel.Override("Microsoft.AspNetCore.Http.Connections", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net", LogEventLevel.Warning)
            .Enrich.WithProperty(Constants.SourceContextPropertyName, "sophon-node")
            .WriteTo.Sink(new RedactingSink(Sinks(settings, fileLevel, consoleLevel, home), secrets))
            .CreateLogger();
    }

    static Logger Sinks(LogSettings settings, LogEventLevel fileLevel, LogEventLevel? consoleLevel, NodeHome home)
    {
        var sinks = new LoggerConfiguration().MinimumLevel.Verbose();
        if (consoleLevel is { } level)
        {
            var plain = Console.IsErrorRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
            sinks.WriteTo.Logger(console => console
                .MinimumLevel.Verbose()
                .Filter.ByExcluding(logEvent => logEvent.Properties.ContainsKey(Told))
                .WriteTo.Console(
                    level, ConsoleLine, formatProvider: null, standardErrorFromLevel: LogEventLevel.Verbose,
                    theme: plain ? ConsoleTheme.None : AnsiConsoleTheme.Literate, applyThemeToRedirectedOutput: !plain));
        }

        sinks.WriteTo.Sink(new PrivateFileSink(home.Logs, FileLine, settings), fileLevel);
        return sinks.CreateLogger();
    }
}
