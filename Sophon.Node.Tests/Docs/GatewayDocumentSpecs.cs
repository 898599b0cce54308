using System.Diagnostics.Metrics;
using Sophon.Gateway.Metrics;
using Sophon.Node.Tests.Gateway;
using Sophon.Node.Tests.Structure;
using Xunit;

namespace Sophon.Node.Tests.Docs;

public sealed class GatewayDocumentSpecs
{
    const string File = "docs/gateway.md";

    [Fact]
    public void Document_should_show_the_settings_as_they_are_shipped() => AssertShows("settings", "jsonc", "Sophon.Gateway/appsettings.json");

    [Fact]
    public void Document_should_show_the_nginx_configuration_that_is_tested() => AssertShows("nginx", "nginx", "docs/nginx.conf");

    [Fact]
    public async Task Document_should_list_every_metric()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name != GatewayMetrics.MeterName) return;
            lock (found) found[instrument.Name] = $"| `{instrument.Name}` | {KindOf(instrument)} | `{instrument.Unit}` | {instrument.Description} |\n";
        };
        await using var gateway = await TestGateway.InMemoryAsync();
        listener.Start();
        string rows;
        lock (found) rows = string.Concat(found.Values);
        MarkedSection.AssertIs(
            File, "<!-- metrics: UPDATE_DOCS=1 ./test.sh writes it -->\n", "<!-- end of metrics -->\n", "| name | kind | unit | counts |\n| --- | --- | --- | --- |\n" + rows);
    }

    static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        nameof(Counter<>) => "counter",
        nameof(Histogram<>) => "histogram",
        "ObservableUpDownCounter" => "up-down counter",
        var other => other,
    };

    static void AssertShows(string section, string language, string source) => MarkedSection.AssertIs(
        File, $"<!-- {section}: UPDATE_DOCS=1 ./test.sh writes it -->\n", $"<!-- end of {section} -->\n", $"```{language}\n{Repository.Read(source).TrimEnd()}\n```\n");
}
