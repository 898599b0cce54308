using System.Net;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

public class DisplayAddressSpecs
{
    [Theory]
    [InlineData(":0", null, 0, 0)]
    [InlineData(":10.2", null, 10, 2)]
    [InlineData("unix:3", null, 3, 0)]
    [InlineData("pc/unix:3", null, 3, 0)]
    [InlineData("localhost:10.0", "localhost", 10, 0)]
    [InlineData("tcp/pc:1", "pc", 1, 0)]
    [InlineData("[::1]:4", "::1", 4, 0)]
    public void Display_names_should_be_read(string display, string? host, int number, int screen)
    {
        Assert.True(DisplayAddress.TryParse(display, out var address));
        Assert.Equal(new DisplayAddress(host, number, screen), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData(":")]
    [InlineData(":x")]
    [InlineData(":-1")]
    [InlineData(":1.2.3")]
    [InlineData(":1.")]
    [InlineData("host:60000")]
    public void What_is_no_display_name_should_be_refused(string display) => Assert.False(DisplayAddress.TryParse(display, out _));

    [Fact]
    public void A_remote_display_should_be_a_TCP_port()
    {
        Assert.True(DisplayAddress.TryParse("127.0.0.1:7", out var address));
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 6007)], address.EndPoints);
    }

    [Fact]
    public void A_local_display_should_try_the_abstract_socket_and_then_the_file() =>
        Assert.Equal(["@/tmp/.X11-unix/X5", "/tmp/.X11-unix/X5"], new DisplayAddress(null, 5, 0).EndPoints.Select(endPoint => endPoint.ToString()));
}
