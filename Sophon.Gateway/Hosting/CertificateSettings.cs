namespace Sophon.Gateway.Hosting;

/// <summary>The files of the certificate for https.</summary>
/// <param name="Path">PEM (the certificate first, then those between it and the root) or PKCS #12.</param>
/// <param name="KeyPath">The private key in PEM; null when <paramref name="Path"/> holds it too.</param>
/// <param name="Password">Of an encrypted key or PKCS #12.</param>
public sealed record CertificateSettings(string Path, string? KeyPath, string? Password)
{
    internal static CertificateSettings? Read(SettingReader reader)
    {
        var (path, keyPath, password) = (reader.Text("Gateway:Certificate:Path"), reader.Text("Gateway:Certificate:KeyPath"), reader.Text("Gateway:Certificate:Password"));
        return path is not null ? new CertificateSettings(path, keyPath, password)
            : keyPath is null ? null
            : throw new GatewayStartException("The setting Gateway:Certificate:KeyPath names a key, and Gateway:Certificate:Path no certificate; set both.");
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => Path;
}
