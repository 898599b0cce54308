using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Settings;

namespace Sophon.Node.Gateway;

/// <summary>Whose certificates count. There is no value of it that turns verification off.</summary>
/// <param name="Authorities">Null: those that the operating system trusts.</param>
/// <param name="Pin">Replaces the question who signed the certificate when there are no <paramref name="Authorities"/>; name and time count all the same.</param>
sealed record GatewayTrust(X509Certificate2Collection? Authorities, CertificatePin? Pin)
{
    public static readonly GatewayTrust OfThisSystem = new(null, null);

    /// <exception cref="SettingsException">The CA file can't be used; the message names it and the cure.</exception>
    public static GatewayTrust Load(ConnectionSettings settings) =>
        new(settings.CaFile is { } file ? ReadAuthorities(file) : null, settings.Pin);

    static X509Certificate2Collection ReadAuthorities(string file)
    {
        var shown = NodeHome.Show(file);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The CA file {shown} can't be read: {error.Message} Put it back, or pair again with another --ca-file.");
        }
        catch (CryptographicException error)
        {
            throw new SettingsException($"The CA file {shown} holds a certificate that can't be read: {error.Message} It has to be PEM, as 'openssl x509 -in ca.crt -out ca.pem' writes it.");
        }

        return certificates.Count > 0
            ? certificates
            : throw new SettingsException($"The CA file {shown} holds no certificate in PEM (-----BEGIN CERTIFICATE-----). Convert it: openssl x509 -inform der -in ca.crt -out ca.pem");
    }
}
