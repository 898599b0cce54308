using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Tests.Support.Tls;

/// <summary>A certificate authority that nobody knows, for the time of a test.</summary>
sealed class TestAuthority : IDisposable
{
    static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-30);

    readonly X509Certificate2 root;

    public TestAuthority(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        root = request.CreateSelfSigned(From, From.AddYears(2));
    }

    public string Pem => root.ExportCertificatePem();

    public string WriteTo(string file)
    {
        File.WriteAllText(file, Pem);
        return file;
    }

    /// <param name="name">The host that it is for.</param>
    /// <param name="address">For 127.0.0.1 besides.</param>
    /// <param name="expired">Its time is over.</param>
    public X509Certificate2 Issue(string name, bool address = true, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (address) names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(root, From, expired ? From.AddDays(1) : From.AddDays(300), RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    public static string FingerprintOf(X509Certificate2 certificate) => Convert.ToHexString(SHA256.HashData(certificate.RawData));

    public void Dispose() => root.Dispose();
}
