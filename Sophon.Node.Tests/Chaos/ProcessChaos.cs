using Sophon.Node.Tests.Chaos.Processes;
using Sophon.Node.Tests.Chaos.State;
using Xunit;

namespace Sophon.Node.Tests.Chaos;

/// <summary>Files, helpers, displays, signals.</summary>
[Trait("kind", "chaos")]
public sealed class ProcessChaos
{
    [Fact]
    public Task Config_write_killed() => ChaosTable.HoldAsync("11", ConfigScenario.KillsAsync);

    [Fact]
    public Task Disk_full() => !Environment.IsPrivilegedProcess ? throw Xunit.Sdk.SkipException.ForSkip("Mounting a small file system needs root.") : ChaosTable.HoldAsync("12", ConfigScenario.FullDiskAsync);

    [Fact]
    public Task Config_mutated() => ChaosTable.HoldAsync("13", () => ConfigScenario.MutationsAsync(1_000, every: 20, Environment.TickCount & int.MaxValue));

    [Fact]
    public Task Permissions() => ChaosTable.HoldAsync("14", PermissionScenario.RunAsync);

    [Fact]
    public Task Helper_killed() => ChaosTable.HoldAsync("16", () => HelperScenario.KillsAsync(100));

    [Fact]
    public Task Helper_stopped() => ChaosTable.HoldAsync("17", () => HelperScenario.StopsAsync(3));

    [Theory]
    [InlineData("tools")]
    [InlineData("native")]
    public Task Display_killed(string backend) => ChaosTable.HoldAsync("18", () => DisplayScenario.OnX11Async(backend, 3));

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public Task Compositor_killed() => ChaosTable.HoldAsync("18", () => DisplayScenario.OnWaylandAsync(3));

    [Fact]
    public Task Terminated() => ChaosTable.HoldAsync("19", TerminationScenario.RunAsync);

    [Fact]
    public Task Soak() => ChaosTable.HoldAsync("20", () => SoakScenario.RunAsync(SoakLength, SoakPause));

    static TimeSpan SoakLength => TimeSpan.FromSeconds(SecondsOf("SOPHON_SOAK_SECONDS", 120));

    static TimeSpan SoakPause => TimeSpan.FromSeconds(SecondsOf("SOPHON_SOAK_CUT_EVERY", 5));

    static double SecondsOf(string variable, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : otherwise;
}
