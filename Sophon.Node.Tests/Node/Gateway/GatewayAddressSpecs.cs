using Sophon.Node.Gateway;
using Xunit;

namespace Sophon.Node.Tests.Node.Gateway;

public sealed class GatewayAddressSpecs
{
    [Theory]
    [InlineData("https://gw.example.com", "https://gw.example.com")]
    [InlineData("https://gw.example.com/", "https://gw.example.com")]
    [InlineData(" HTTPS://GW.Example.com:443/ ", "https://gw.example.com")]
    [InlineData("https://gw.example.com:8443/sophon/", "https://gw.example.com:8443/sophon")]
    [InlineData("gw.example.com", "https://gw.example.com")]
    [InlineData("gw.example.com:8443", "https://gw.example.com:8443")]
    [InlineData("localhost:8080", "http://localhost:8080")]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://10.0.0.7:8080", "http://10.0.0.7:8080")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    public void Typed_address_should_be_normalised(string typed, string shown)
    {
        Assert.True(GatewayAddress.TryParse(typed, out var gateway, out _));
        Assert.Equal(shown, GatewayAddress.Show(gateway));
        Assert.Equal(shown + "/hubs/node", GatewayAddress.At(gateway, "/hubs/node").ToString());
        Assert.True(GatewayAddress.TryParseStored(shown, out var again));
        Assert.Equal(gateway, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("ftp://gw.example.com")]
    [InlineData("https://me:secret@gw.example.com")]
    [InlineData("https://gw.example.com/#/devices")]
    [InlineData("https://gw.example.com/?tab=1")]
    [InlineData("two words")]
    public void Useless_address_should_be_refused_with_an_example(string typed)
    {
        Assert.False(GatewayAddress.TryParse(typed, out _, out var error));
        Assert.EndsWith("https://gw.example.com", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_address_should_have_its_scheme() => Assert.False(GatewayAddress.TryParseStored("gw.example.com", out _));
}
