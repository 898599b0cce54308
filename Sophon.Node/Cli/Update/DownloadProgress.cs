using System.Diagnostics;

namespace Sophon.Node.Cli.Update;

/// <summary>A line every two seconds, for a person only.</summary>
sealed class DownloadProgress(CliContext context)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    long shown = Stopwatch.GetTimestamp();

    public void On(long read, long? length)
    {
        if (context.Input is null || Stopwatch.GetElapsedTime(shown) < Interval) return;
        shown = Stopwatch.GetTimestamp();
        context.Error.WriteLine(length is { } all ? $"{read / 1048576} of {all / 1048576} MiB..." : $"{read / 1048576} MiB...");
    }
}
