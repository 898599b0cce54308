using Sophon.Node.Tests.Chaos.Harness;

namespace Sophon.Node.Tests.Chaos.Connection;

/// <summary>Line 3: packets dropped without a word, in either direction or in both, while the sockets stay open.</summary>
static class HalfOpenScenario
{
    static readonly TimeSpan Noticed = TimeSpan.FromSeconds(45);
    static readonly TimeSpan Back = TimeSpan.FromSeconds(10);

    /// <param name="nodeConf">Null for the settings of the field.</param>
    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(string? nodeConf = null)
    {
        var cases = await Task.WhenAll(
            OneAsync(nodeConf, weather => weather.Both(Passage.Swallowed)),
            OneAsync(nodeConf, weather => weather.ToNode = Passage.Swallowed),
            OneAsync(nodeConf, weather => weather.ToGateway = Passage.Swallowed),
            OneAsync(nodeConf, weather => weather.Both(Passage.Held)));
        return
        [
            ChaosRow.Within("3a", "packets dropped both ways, to the Node, to the Gateway; held both ways: noticed by the Node", [.. cases.Select(one => one.Noticed)], Noticed),
            ChaosRow.Within("3b", "online after it heals", [.. cases.Select(one => one.Back)], Back),
        ];
    }

    static async Task<(TimeSpan Noticed, TimeSpan Back)> OneAsync(string? nodeConf, Action<Weather> storm)
    {
        await using var system = await ChaosSystem.StartAsync(nodeConf);
        var before = system.TimesOnline;
        storm(system.Proxy.Weather);
        var noticed = await system.NodeSaysAsync("Connection to Gateway lost", Noticed * 2);
        system.Proxy.Weather.Both(Passage.Open);
        return (noticed, await system.OnlineAgainAsync(Back * 6, before));
    }
}
