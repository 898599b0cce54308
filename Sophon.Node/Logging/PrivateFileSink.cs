using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.File;
using Sophon.Node.Files;
using Sophon.Node.Settings;

namespace Sophon.Node.Logging;

/// <summary>
/// Serilog's daily file, but made by us before Serilog opens it: it would take the umask's mode, and a log is nobody else's business.
/// A folder that can't be written costs the log, never the Node: Serilog's self log tells.
/// </summary>
sealed class PrivateFileSink : ILogEventSink, IDisposable
{
    const string Prefix = "sophon-node-";

    readonly string folder;
    readonly string template;
    readonly LogSettings settings;
    readonly Lock opening = new();
    Logger? file;
    DateTime preparedUntil;

    public PrivateFileSink(string folder, string template, LogSettings settings) =>
        (this.folder, this.template, this.settings) = (folder, template, settings);

    public static string FileFor(DateTime day) => FormattableString.Invariant($"{Prefix}{day:yyyyMMdd}.log");

    public void Emit(LogEvent logEvent)
    {
        lock (opening)
        {
            Prepare(DateTime.Now);
            file ??= new LoggerConfiguration().MinimumLevel.Verbose()
                .WriteTo.File(
                    Path.Combine(folder, Prefix + ".log"), outputTemplate: template, rollingInterval: RollingInterval.Day,
                    fileSizeLimitBytes: settings.FileMegabytes * 1024L * 1024, rollOnFileSizeLimit: true, hooks: new OwnerOnly(),
                    retainedFileCountLimit: settings.RetainedFiles, retainedFileTimeLimit: TimeSpan.FromDays(settings.RetainedDays),
                    formatProvider: System.Globalization.CultureInfo.InvariantCulture)
                .CreateLogger();
        }

        file.Write(logEvent);
    }

    public void Dispose()
    {
        try
        {
            file?.Dispose();
        }
        catch (IOException error)
        {
            // What was not written is flushed once more, and a full disk takes it no better: the program's own end must not become a crash.
            Serilog.Debugging.SelfLog.WriteLine("{0} can't be written: {1}", folder, error.Message);
        }
    }

    /// <summary>For the second file of a day, which Serilog makes; the folder keeps others out until then.</summary>
    sealed class OwnerOnly : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, System.Text.Encoding encoding)
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return underlyingStream;
        }
    }

    // Serilog looks at the clock again when it rolls over: shortly before midnight tomorrow's file has to be there as well.
    void Prepare(DateTime now)
    {
        if (now < preparedUntil) return;
        var soon = now.AddMinutes(1);
        try
        {
            PrivateFiles.CreateFolder(folder);
            foreach (var day in new[] { now.Date, soon.Date }.Distinct())
                PrivateFiles.Open(Path.Combine(folder, FileFor(day)), FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Serilog.Debugging.SelfLog.WriteLine("{0} can't be written: {1}", folder, error.Message);
        }

        preparedUntil = soon.Date > now.Date ? soon.Date.AddDays(1).AddMinutes(-1) : now.Date.AddDays(1).AddMinutes(-1);
    }
}
