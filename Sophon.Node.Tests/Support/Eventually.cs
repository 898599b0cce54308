using System.Diagnostics;

namespace Sophon.Node.Tests.Support;

/// <summary>Waits for conditions of the world outside, which tell nobody when they come true.</summary>
public static class Eventually
{
    static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, deadline);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit) throw new TimeoutException($"Not seen within {limit.TotalSeconds:0} s: {what}");
            await Task.Delay(10);
        }
    }
}
