using System.Globalization;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Benchmarks;

/// <summary>The limit: XShm, libjpeg-turbo and XTEST in C (Reference/reference.c), built beside this program by bench.sh.</summary>
static class Reference
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "reference");

    /// <summary>Milliseconds of each.</summary>
    /// <param name="measure"><c>capture</c>, <c>encode</c> or <c>click</c>.</param>
    public static async Task<List<double>> TimesAsync(string measure, int runs, IReadOnlyDictionary<string, string?> variables) =>
        [.. (await TestProcess.RunAsync(Program, [measure, runs.ToString(CultureInfo.InvariantCulture)], variables))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture) / 1000)];
}
