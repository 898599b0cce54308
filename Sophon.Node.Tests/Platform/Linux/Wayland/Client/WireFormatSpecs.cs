using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.Wayland.Client;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Client;

public sealed class WireFormatSpecs
{
    readonly RequestEncoder encoder = new();

    uint[] Encode(params Argument[] arguments)
    {
        encoder.Encode(7, 3, arguments, _ => 42);
        return MemoryMarshal.Cast<byte, uint>(encoder.Bytes).ToArray();
    }

    [Fact]
    public void Request_should_start_with_sender_then_size_and_opcode() =>
        Assert.Equal([7u, 16u << 16 | 3, 5u, 0xffffffffu], Encode(5u, -1));

    [Fact]
    public void Strings_should_carry_their_nul_and_padding()
    {
        Assert.Equal([7u, 16u << 16 | 3, 4u, 0x00636261u], Encode("abc"));
        Assert.Equal([7u, 20u << 16 | 3, 5u, 0x64636261u, 0u], Encode("abcd"));
        Assert.Equal([7u, 16u << 16 | 3, 3u, 0x0000bcc3u], Encode("ü"));
    }

    [Fact]
    public void Created_objects_should_get_an_id_and_absent_ones_be_null() =>
        Assert.Equal([7u, 16u << 16 | 3, 42u, 0u], Encode(Argument.New(null!), (WaylandObject?)null));

    [Fact]
    public void Fixed_should_be_24_8() => Assert.Equal(15u * 256 + 128, Encode(Argument.Fixed(15.5))[2]);

    [Fact]
    public void Descriptors_should_travel_beside_the_bytes()
    {
        using var handle = new SafeFileHandle(0, ownsHandle: false);

        Assert.Equal([7u, 12u << 16 | 3, 9u], Encode(Argument.Descriptor(handle), 9u));
        Assert.Same(handle, Assert.Single(encoder.Descriptors));
    }

    [Fact]
    public void Reader_should_read_what_the_encoder_writes()
    {
        encoder.Encode(1, 0, [-5, 6u, "Größe", "", Argument.Fixed(1)], _ => 0);

        var reader = new EventReader(encoder.Bytes[8..], new Queue<SafeFileHandle>());

        Assert.Equal(-5, reader.Int());
        Assert.Equal(6u, reader.UInt());
        Assert.Equal("Größe", reader.String());
        Assert.Equal("", reader.String());
        Assert.Equal(256, reader.Int());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0005\0\0\0ab")]
    [InlineData("\u00ff\u00ff\u00ff\u007fabcd")]
    public void Reader_should_refuse_an_event_that_is_too_short(string body)
    {
        Assert.Throws<InvalidDataException>(() => new EventReader(Encoding.Latin1.GetBytes(body), new Queue<SafeFileHandle>()).String());
    }

    [Fact]
    public void Ids_should_be_reused_only_once_the_compositor_released_them()
    {
        var map = new ObjectMap();
        Probe first = new(), second = new(), third = new();

        Assert.Equal(1u, map.Add(first));
        Assert.Equal(2u, map.Add(second));
        map.Remove(1);
        Assert.Equal(1u, map.Add(third));
        Assert.Same(third, map.Find(1));
        Assert.Same(second, map.Find(2));
        Assert.Null(map.Find(3));
    }

    sealed class Probe() : WaylandObject(null!);
}
