using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Tests.Support;

/// <summary>A certificate authority of the test's own: a root, one beneath it, and what that one signs.</summary>
public sealed class TestCertificates : IDisposable
{
    readonly X509Certificate2 issuer;

    public TestCertificates()
    {
        Root = Issue("CN=Test root", signer: null, isAuthority: true);
        issuer = Issue("CN=Test issuer", Root, isAuthority: true);
    }

    /// <summary>What a client has to trust.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>For localhost, 127.0.0.1 and gw.example.com.</summary>
    public X509Certificate2 Server() => Issue("CN=localhost", issuer, isAuthority: false);

    /// <summary>As certbot writes them: fullchain.pem and privkey.pem.</summary>
    public void WritePem(X509Certificate2 server, string certificate, string key)
    {
        File.WriteAllText(certificate, server.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem() + "\n");
        File.WriteAllText(key, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public byte[] Pkcs12(X509Certificate2 server, string password) =>
        new X509Certificate2Collection { server, X509CertificateLoader.LoadCertificate(issuer.RawData) }.Export(X509ContentType.Pkcs12, password)!;

    /// <summary>Knows the root, and no other certificate than the server sends.</summary>
    public HttpClient Client(Uri url) => new(new SocketsHttpHandler
    {
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { Root }, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
            },
        },
        PooledConnectionLifetime = TimeSpan.Zero, // a handshake for each request
    }) { BaseAddress = url };

    public void Dispose()
    {
        Root.Dispose();
        issuer.Dispose();
    }

    static X509Certificate2 Issue(string name, X509Certificate2? signer, bool isAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddDnsName("gw.example.com");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        // What is signed must not outlive who signed it.
        var (from, until) = (DateTimeOffset.UtcNow.AddHours(-1), signer is null ? DateTimeOffset.UtcNow.AddDays(1) : new DateTimeOffset(signer.NotAfter));
        if (signer is null) return request.CreateSelfSigned(from, until);
        using var certificate = request.Create(signer, from, until, RandomNumberGenerator.GetBytes(12));
        return certificate.CopyWithPrivateKey(key);
    }
}
