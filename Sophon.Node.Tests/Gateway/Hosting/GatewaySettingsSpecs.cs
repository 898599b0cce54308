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
    public void Value_that_can_not_be_used_should_be_named(string name, string value)
    {
        var error = Assert.Throws<GatewayStartException>(() => Read(name, value));
        Assert.Contains("Gateway:" + name, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }
}
