using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Connection;

/// <summary>The SHA-256 fingerprint of one certificate, as OpenSSL, browsers and this program's own messages print it.</summary>
sealed record CertificatePin
{
    readonly byte[] fingerprint;

    CertificatePin(byte[] fingerprint) => this.fingerprint = fingerprint;

    /// <summary>64 hexadecimal digits; colons and blanks between them don't matter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CertificatePin? pin)
    {
        var digits = string.Concat(text.Where(character => character is not (':' or ' ')));
        pin = digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? new(Convert.FromHexString(digits)) : null;
        return pin is not null;
    }

    public static CertificatePin Of(X509Certificate2 certificate) => new(SHA256.HashData(certificate.RawData));

    public bool Equals(CertificatePin? other) => other is not null && fingerprint.AsSpan().SequenceEqual(other.fingerprint);

    public override int GetHashCode() => BitConverter.ToInt32(fingerprint);

    public override string ToString() => string.Join(':', fingerprint.Select(value => value.ToString("X2", null)));
}
