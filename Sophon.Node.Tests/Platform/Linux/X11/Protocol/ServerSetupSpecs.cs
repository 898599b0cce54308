using Sophon.Node.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

public class ServerSetupSpecs
{
    [Fact]
    public void A_recorded_setup_should_tell_screen_and_pixels()
    {
        var setup = ServerSetup.Read(Recordings.Setup);

        Assert.Equal("The X.Org Foundation", setup.Vendor);
        Assert.Equal((8, 255), (setup.MinKeycode, setup.MaxKeycode));
        Assert.Equal(0x1fffffu, setup.ResourceIdMask);
        var screen = Assert.Single(setup.Screens);
        Assert.Equal((1280, 800, 24), (screen.Width, screen.Height, screen.RootDepth));
        Assert.Equal((4, 0xff0000u, 0xff00u, 0xffu), (screen.RootVisual.Class, screen.RootVisual.RedMask, screen.RootVisual.GreenMask, screen.RootVisual.BlueMask));
        Assert.Contains(new PixmapFormat(24, 32, 32), setup.Formats);
    }

    [Fact]
    public void A_setup_cut_short_should_be_called_broken()
    {
        for (var length = 12; length < Recordings.Setup.Length - 200; length += 17)
            Assert.Throws<InvalidDataException>(() => ServerSetup.Read(Recordings.Setup.AsSpan(0, length)));
    }

    [Fact]
    public void The_greeting_should_carry_the_cookie()
    {
        var greeting = ServerSetup.Greeting([1, 2, 3, 4, 5]);

        Assert.Equal([(byte)'l', 0, 11, 0, 0, 0, 18, 0, 5, 0, 0, 0], greeting[..12]);
        Assert.Equal([.. "MIT-MAGIC-COOKIE-1"u8, 0, 0, 1, 2, 3, 4, 5, 0, 0, 0], greeting[12..]);
    }
}
