using Sophon.Node.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

public class RequestWriterSpecs
{
    const uint AnyLength = 1 << 22;

    [Fact]
    public void A_core_request_should_have_opcode_detail_length_and_padding()
    {
        // As xtrace shows it for InternAtom("CLIPBOARD").
        byte[] expected = [16, 0, 5, 0, 9, 0, 0, 0, .. "CLIPBOARD"u8, 0, 0, 0];

        Assert.Equal(expected, Write(new InternAtom("CLIPBOARD")));
    }

    [Fact]
    public void An_extension_request_should_begin_with_the_extension_and_its_own_opcode()
    {
        var bytes = Write(FakeInput.MoveTo(300, -2), extension: 132);

        Assert.Equal(36, bytes.Length);
        Assert.Equal([132, 2, 9, 0, 6, 0], bytes[..6]);
        Assert.Equal([44, 1, 254, 255], bytes[24..28]);
    }

    [Fact]
    public void A_request_of_more_than_65535_units_should_get_a_long_length()
    {
        var bytes = Write(new ChangeProperty(1, 2, 3, 8, new byte[300_000]));

        var units = (300_000 + 24 + 4) / 4;
        Assert.Equal([18, 0, 0, 0, .. BitConverter.GetBytes(units), 1, 0, 0, 0, 2, 0, 0, 0], bytes[..16]);
        Assert.Equal(units * 4, bytes.Length);
    }

    [Fact]
    public void A_request_longer_than_the_server_takes_should_leave_nothing_behind()
    {
        var writer = new RequestWriter();
        writer.Request(new GetInputFocus(), null, 65_535);

        var error = Assert.Throws<ArgumentException>(() => writer.Request(new ChangeProperty(1, 2, 3, 8, new byte[300_000]), null, 65_535));

        Assert.Contains("ChangeProperty", error.Message, StringComparison.Ordinal);
        Assert.Equal([43, 0, 1, 0], writer.Written.ToArray());
    }

    static byte[] Write(Request request, byte? extension = null)
    {
        var writer = new RequestWriter();
        writer.Request(request, extension, AnyLength);
        return writer.Written.ToArray();
    }
}
