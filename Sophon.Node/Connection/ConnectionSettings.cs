namespace Sophon.Node.Connection;

/// <summary>What <c>pair</c> was told besides Gateway and credentials. Kept in connection.conf, so that <c>start</c> does as <c>pair</c> did.</summary>
/// <param name="CaFile">Absolute path of a PEM file: only what its certificates have signed is trusted. Null: what the operating system trusts.</param>
/// <param name="Pin">The Gateway has to present exactly this certificate. Null: any that is trusted.</param>
/// <param name="AllowInsecureHttp">Plain http to another machine was asked for by name.</param>
sealed record ConnectionSettings(string? CaFile = null, CertificatePin? Pin = null, bool AllowInsecureHttp = false, TokenStoreKind TokenStore = TokenStoreKind.File)
{
    public static readonly ConnectionSettings Default = new();
}

/// <summary><see cref="File"/>: config.json. <see cref="Os"/>: Secret Service, Keychain or DPAPI.</summary>
enum TokenStoreKind { File, Os }
