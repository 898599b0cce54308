using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Gateway.Hosting;

/// <summary>The certificate for https, read anew when its files have changed. A renewal needs no restart.</summary>
sealed class ServerCertificate
{
    /// <summary>How old the answer to "have the files changed?" may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly CertificateSettings settings;
    readonly TimeProvider time;
    readonly ILogger<ServerCertificate> logger;
    SslStreamCertificateContext current;
    (DateTime, DateTime) read;
    long looked;

    /// <exception cref="GatewayStartException">The files can't be used.</exception>
    public ServerCertificate(CertificateSettings settings, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        (this.settings, this.time, this.logger) = (settings, time, logger);
        read = WrittenAt();
        looked = time.GetTimestamp();
        try
        {
            current = Load(settings);
        }
        catch (Exception error) when (IsOfTheFiles(error))
        {
            throw new GatewayStartException($"The certificate {settings.Path}{(settings.KeyPath is { } key ? $" with the key {key}" : "")} can't be used: {error.Message} See Gateway:Certificate.", error);
        }
    }

    /// <summary>With the certificates between it and the root, which a client can't know.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (gate)
            {
                if (time.GetElapsedTime(looked) < Freshness) return current;
                looked = time.GetTimestamp();
                var written = WrittenAt();
                if (written == read) return current;
                read = written;
                Reload();
                return current;
            }
        }
    }

    void Reload()
    {
        try
        {
            current = Load(settings);
            logger.LogInformation("The certificate {Path} was read anew; it is valid until {NotAfter:u}", settings.Path, current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (Exception error) when (IsOfTheFiles(error))
        {
            // A renewal writes two files: between them they don't fit. The second one's change is seen again.
            logger.LogWarning("The certificate {Path} has changed and can't be used; the one before it stays: {Reason}", settings.Path, error.Message);
        }
    }

    static SslStreamCertificateContext Load(CertificateSettings settings)
    {
        var isPem = File.ReadAllText(settings.Path).Contains("-----BEGIN CERTIFICATE", StringComparison.Ordinal);
        var (leaf, others) = isPem ? LoadPem(settings) : LoadPkcs12(settings);
        return SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    static (X509Certificate2 Leaf, X509Certificate2Collection Others) LoadPem(CertificateSettings settings)
    {
        var others = new X509Certificate2Collection();
        others.ImportFromPemFile(settings.Path);
        others.RemoveAt(0);
        var leaf = settings.Password is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(settings.Path, password, settings.KeyPath)
            : X509Certificate2.CreateFromPemFile(settings.Path, settings.KeyPath);
        if (!OperatingSystem.IsWindows()) return (leaf, others);

        // Schannel can't use a key that is only in memory, as one from PEM is.
        using (leaf) return (X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null), others);
    }

    static (X509Certificate2 Leaf, X509Certificate2Collection Others) LoadPkcs12(CertificateSettings settings)
    {
        var others = X509CertificateLoader.LoadPkcs12CollectionFromFile(settings.Path, settings.Password);
        var leaf = others.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("It holds no private key.");
        others.Remove(leaf);
        return (leaf, others);
    }

    (DateTime, DateTime) WrittenAt() => (File.GetLastWriteTimeUtc(settings.Path), settings.KeyPath is { } key ? File.GetLastWriteTimeUtc(key) : default);

    static bool IsOfTheFiles(Exception error) => error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
