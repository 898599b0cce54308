using System.Buffers.Binary;
using System.Net;
using System.Text;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Protocol;

public class AuthorityFileSpecs
{
    static readonly byte[] Wrong = [9], Right = [1, 2, 3];
    static readonly DisplayAddress Display = new(null, 5, 0);

    [Fact]
    public void A_local_display_should_get_the_cookie_of_this_host_and_number()
    {
        var file = File(Entry(256, "elsewhere"u8, "5", Wrong), Entry(256, "here"u8, "4", Wrong), Entry(256, "here"u8, "5", Right));

        Assert.Equal(Right, file.FindCookie(Display, "here", remote: null));
    }

    [Fact]
    public void Loopback_should_count_as_local() =>
        Assert.Equal(Right, File(Entry(256, "here"u8, "5", Right)).FindCookie(Display, "here", IPAddress.IPv6Loopback));

    [Fact]
    public void A_remote_display_should_get_the_cookie_of_its_address()
    {
        var file = File(Entry(256, "here"u8, "5", Wrong), Entry(0, [10, 0, 0, 7], "5", Right));

        Assert.Equal(Right, file.FindCookie(Display, "here", IPAddress.Parse("10.0.0.7")));
    }

    [Fact]
    public void A_wildcard_entry_should_fit_every_display() =>
        Assert.Equal(Right, File(Entry(65535, [], "", Right)).FindCookie(Display, "here", remote: null));

    [Fact]
    public void Another_protocol_should_not_be_given_as_a_cookie() =>
        Assert.Null(File(Entry(65535, [], "", Wrong, "XDM-AUTHORIZATION-1")).FindCookie(Display, "here", remote: null));

    [Fact]
    public void A_file_cut_short_should_give_its_whole_entries()
    {
        byte[] whole = [.. Entry(65535, [], "", Right), .. Entry(0, [1, 2, 3, 4], "5", Wrong)];

        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(length < Entry(65535, [], "", Right).Length ? 0 : 1, AuthorityFile.Parse(whole.AsSpan(0, length)).Count);
    }

    [Fact]
    public void A_missing_file_should_hold_no_cookie() => Assert.Empty(AuthorityFile.Load("/nonexistent/file").Entries);

    static AuthorityFile File(params byte[][] entries) => new(AuthorityFile.Parse(entries.SelectMany(entry => entry).ToArray()));

    static byte[] Entry(ushort family, ReadOnlySpan<byte> address, string display, byte[] cookie, string protocol = AuthorityFile.MagicCookie) =>
        [.. Number(family), .. Field(address), .. Field(Encoding.Latin1.GetBytes(display)), .. Field(Encoding.Latin1.GetBytes(protocol)), .. Field(cookie)];

    static byte[] Field(ReadOnlySpan<byte> bytes) => [.. Number((ushort)bytes.Length), .. bytes];

    static byte[] Number(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
