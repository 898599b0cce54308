using Sophon.Node.Connection;
using Sophon.Node.Tests.Support.Tls;
using Xunit;

namespace Sophon.Node.Tests.Node.Connection;

public sealed class CertificatePinSpecs
{
    [Fact]
    public void Fingerprint_should_be_taken_as_openssl_and_browsers_print_it()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("gw.example.com");
        var hex = TestAuthority.FingerprintOf(certificate);
        var colons = string.Join(':', hex.Chunk(2).Select(pair => new string(pair)));
        foreach (var written in new[] { hex, hex.ToLowerInvariant(), colons, colons.Replace(':', ' ') })
        {
            Assert.True(CertificatePin.TryParse(written, out var pin));
            Assert.Equal(CertificatePin.Of(certificate), pin);
            Assert.Equal(colons, pin.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AB:CD")]
    [InlineData("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg")]
    public void What_is_no_fingerprint_should_be_refused(string text) => Assert.False(CertificatePin.TryParse(text, out _));
}
