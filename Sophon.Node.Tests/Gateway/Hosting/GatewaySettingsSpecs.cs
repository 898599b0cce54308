using Microsoft.Extensions.Configuration;
using Sophon.Gateway.Hosting;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hosting;

public class GatewaySettingsSpecs
{
    static GatewaySettings Read(string? name = null, string? value = null) => GatewaySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(name is null ? [] : [KeyValuePair.Create("Gateway:" + name, value)]).Build());

    [Fact]
    public void Defaults_should_be_this_machine_only_thirty_days_and_no_full_results()
    {
        var settings = Read();
        Assert.Equal(("http://localhost:8080", TimeSpan.FromDays(30), false), (settings.Listen, settings.Retention, settings.KeepFullResults));
        Assert.True(Read("KeepFullResults", "true").KeepFullResults);
        Assert.Equal(TimeSpan.FromDays(7), Read("RetentionDays", "7").Retention);
    }

    [Theory]
    [InlineData("PublicUrl", "gw.example.com")]
    [InlineData("PublicUrl", "ftp://gw.example.com")]
    [InlineData("KeepFullResults", "perhaps")]
    [InlineData("RetentionDays", "0")]
    [InlineData("ResultGraceSeconds", "soon")]
    [InlineData("PathBase", "sophon")]
    [InlineData("PathBase", "/so//phon")]
    [InlineData("TrustedProxies", "127.0.0.1, proxy.example.com")]
    [InlineData("TrustedProxies", "10.0.0.0/40")]
    [InlineData("Metrics", "everybody")]
    [InlineData("Metrics", "7")]
    [InlineData("RetentionDay", "7")]
    [InlineData("Certificate:Paht", "/etc/x.pem")]
    public void Value_that_can_not_be_used_should_be_named(string name, string value)
    {
        var error = Assert.Throws<GatewayStartException>(() => Read(name, value));
        Assert.Contains("Gateway:" + name, error.Message, StringComparison.Ordinal);
        Assert.Contains(name is "RetentionDay" or "Certificate:Paht" ? "There is no setting" : value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Proxies_should_be_addresses_and_networks()
    {
        Assert.Equal(["127.0.0.1/32", "::1/128", "10.0.0.0/8"], Read("TrustedProxies", "127.0.0.1, ::1;10.0.0.0/8").TrustedProxies.Select(network => network.ToString()));
        Assert.Equal("/sophon", Read("PathBase", "/sophon/").PathBase);
        Assert.Equal("", Read("PathBase", "/").PathBase);
    }

    [Theory]
    [InlineData("Listen", "https://localhost:8443", "needs a certificate")]
    [InlineData("Certificate:Path", "/etc/nothing.pem", "no https address")]
    [InlineData("Certificate:KeyPath", "/etc/nothing.pem", "set both")]
    public async Task Addresses_and_certificate_should_fit_together(string name, string value, string mentions)
    {
        var error = await Assert.ThrowsAsync<GatewayStartException>(() => TestGateway.InMemoryAsync(settings: new() { ["Gateway:" + name] = value }));
        Assert.Contains(mentions, error.Message, StringComparison.Ordinal);
    }
}
