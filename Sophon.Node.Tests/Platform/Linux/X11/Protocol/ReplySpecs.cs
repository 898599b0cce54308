using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

public class ReplySpecs
{
    [Fact]
    public void A_property_should_tell_type_and_rest()
    {
        byte[] reply = [1, 8, 0, 0, 2, 0, 0, 0, 31, 0, 0, 0, 7, 0, 0, 0, 5, 0, 0, 0, .. new byte[12], .. "hello"u8, 0, 0, 0];

        var value = new GetProperty(1, 2).Read(new MessageReader(reply));

        Assert.Equal((31u, 8, 7u), (value.Type, value.Format, value.BytesAfter));
        Assert.Equal("hello"u8.ToArray(), value.Value);
    }

    [Fact]
    public void Monitors_should_be_read_with_their_outputs_skipped()
    {
        byte[] reply =
        [
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, .. new byte[12],
            70, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 128, 2, 32, 3, .. new byte[8], 9, 9, 9, 9,
            71, 0, 0, 0, 1, 0, 0, 0, 128, 2, 0, 0, 128, 2, 32, 3, .. new byte[8],
        ];

        Assert.Equal(
            [new MonitorEntry(70, false, 0, 0, 640, 800), new MonitorEntry(71, true, 640, 0, 640, 800)],
            new GetMonitors(1).Read(new MessageReader(reply)));
    }

    [Fact]
    public void A_region_should_be_its_rectangles()
    {
        byte[] reply = [1, 0, 0, 0, 4, 0, 0, 0, .. new byte[24], 1, 0, 2, 0, 3, 0, 4, 0, 255, 255, 0, 0, 9, 0, 9, 0];

        Assert.Equal([new ScreenRectangle(1, 2, 3, 4), new ScreenRectangle(-1, 0, 9, 9)], new FetchRegion(1).Read(new MessageReader(reply)));
    }

    [Fact]
    public void Events_should_be_told_apart_by_the_extensions_of_this_server()
    {
        var extensions = new Dictionary<Extension, ExtensionCodes> { [Extension.Xkb] = new(135, 85, 137), [Extension.XFixes] = new(138, 87, 140) };

        Assert.IsType<KeymapChanged>(XEvent.Read(Message(85, 1), extensions));
        Assert.Null(XEvent.Read(Message(85, 2), extensions));
        Assert.IsType<SelectionOwnerChanged>(XEvent.Read(Message(87), extensions));
        Assert.IsType<KeymapChanged>(XEvent.Read(Message(34), extensions));
        // Sent by a client: the high bit is set.
        Assert.IsType<SelectionNotify>(XEvent.Read(Message(31 | 0x80), extensions));
        Assert.Null(XEvent.Read(Message(12), extensions));
    }

    static byte[] Message(int code, int detail = 0) => [(byte)code, (byte)detail, .. new byte[30]];
}
