using Sophon.Node.Tests.Support.Browser;

namespace Sophon.Node.Benchmarks;

/// <summary>The Dashboard's list of devices in Chromium, on a Gateway with a fleet.</summary>
sealed class DashboardBenchmark(Report report)
{
    const int Registered = 5_000;
    const int Connected = 500;

    public async Task RunAsync()
    {
        var times = await DeviceListTimes.MeasureAsync(Registered, Connected);
        report.Add(new Row($"My Devices, {Registered} registered, {Connected} connected: opens", times.Open.TotalMilliseconds, "ms", 2_000));
        report.Add(new Row("My Devices, jump to the last row", times.Scroll.TotalMilliseconds, "ms"));
    }
}
