using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Gateway;

/// <summary>Why a certificate was refused, in words.</summary>
static class CertificateProblems
{
    const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
    const X509ChainStatusFlags WrongTime = X509ChainStatusFlags.NotTimeValid;

    public static string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "the Gateway sent no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"its certificate is for {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, not for this address";

        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if ((status & WrongTime) != 0)
            return FormattableString.Invariant($"its certificate is valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd} only (is this machine's clock right?)");
        if ((status & Untrusted) != 0)
            return certificate.Issuer == certificate.Subject ? "its certificate is self-signed" : "its certificate is signed by nobody whom this machine trusts";
        return $"its certificate was refused ({status})";
    }

    /// <summary>How to make this OS trust a certificate.</summary>
    public static string Cure =>
        OperatingSystem.IsWindows() ? "Install it in the OS trust store: certutil -addstore Root gateway.crt"
        : OperatingSystem.IsMacOS() ? "Install it in the OS trust store with Keychain Access"
        : "Install it in the OS trust store: copy it to /usr/local/share/ca-certificates/gateway.crt and run sudo update-ca-certificates";
}
