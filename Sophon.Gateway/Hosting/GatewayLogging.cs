using System.Globalization;
using System.Text;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.File;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Tokens;

namespace Sophon.Gateway.Hosting;

/// <summary>Warnings to standard error, everything else to a file a day. Standard output belongs to what was asked for.</summary>
static class GatewayLogging
{
    const int KeptDays = 14;
    const long LargestFile = 64 * 1024 * 1024;

    public static Logger Create(DataFolder folder, bool verbose) => Configure(new LoggerConfiguration())
        .WriteTo.Console(
            restrictedToMinimumLevel: verbose ? LogEventLevel.Information : LogEventLevel.Warning,
            standardErrorFromLevel: LogEventLevel.Verbose,
            formatProvider: CultureInfo.InvariantCulture)
        .WriteTo.File(
            Path.Combine(folder.Logs, "sophon-gateway-.log"),
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: KeptDays,
            fileSizeLimitBytes: LargestFile,
            rollOnFileSizeLimit: true,
            hooks: new OwnerOnlyFiles(),
            formatProvider: CultureInfo.InvariantCulture)
        .CreateLogger();

    /// <summary>What is logged at all, whatever the sink.</summary>
    public static LoggerConfiguration Configure(LoggerConfiguration logging) => logging
        .MinimumLevel.Information()
        // The request log and SignalR's transports print URLs, and a Node may carry its token in one.
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        // A failed start is told in one sentence by the program itself.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
        // What EF throws is logged, or told, by who asked.
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .MinimumLevel.Override(typeof(ApiTokenHandler).FullName!, LogEventLevel.Warning)
        .MinimumLevel.Override(typeof(NodeTokenHandler).FullName!, LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogEventLevel.Fatal) // see HubFaults
        .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogEventLevel.Fatal)
        .Filter.ByExcluding(MentionsToken);

    /// <summary>The last line of defence: an event that holds a URL with a token is dropped whole.</summary>
    static bool MentionsToken(LogEvent logged) =>
        Holds(logged.MessageTemplate.Text)
        || logged.Properties.Values.Any(value => Holds(value.ToString()))
        || Holds(logged.Exception?.ToString());

    sealed class OwnerOnlyFiles : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            DataFolder.MakeOwnerOnly(path);
            return underlyingStream;
        }
    }

    static bool Holds(string? text) => text?.Contains("access_token", StringComparison.OrdinalIgnoreCase) == true;
}
