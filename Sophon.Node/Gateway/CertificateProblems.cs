using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sophon.Node.Connection;

namespace Sophon.Node.Gateway;

/// <summary>Why a certificate was refused, in words: the reason, what was presented, and the cure.</summary>
static class CertificateProblems
{
    const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
    const X509ChainStatusFlags WrongTime = X509ChainStatusFlags.NotTimeValid;

    public static string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, GatewayTrust trust)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the Gateway sent no certificate, so it can't be trusted. Check its certificate, or the proxy before it";

        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        var (reason, cure) =
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? ($"its certificate is for {Names(certificate)}, not for this address", "Pair with the name that it is for, or give the Gateway a certificate for this one")
            : (status & WrongTime) != 0 ? (WrongTimeOf(certificate), "Renew the Gateway's certificate, or set the clock")
            : (status & Untrusted) == 0 ? ($"its certificate was refused ({status})", "Give the Gateway a certificate for TLS servers")
            : trust.Authorities is not null ? ("its certificate is not signed by what the CA file holds", "Pair again with the CA file of whoever signed it (--ca-file)")
            : (certificate.Issuer == certificate.Subject ? "its certificate is self-signed" : "its certificate is signed by nobody whom this machine trusts", Cure);
        return $"{reason}, so it can't be trusted. It presented {Presented(certificate)}. {cure}";
    }

    public static string Mismatch(X509Certificate2 certificate, CertificatePin pin) =>
        $"its certificate is not the pinned one ({pin}), so it can't be trusted. It presented {Presented(certificate)}. If the Gateway has a new certificate, pair again with its fingerprint (--pin-sha256); else somebody stands in between";

    /// <summary>How a certificate of one's own is made to count.</summary>
    public static string Cure =>
        "If it is the Gateway's, pair with --ca-file ca.pem or --pin-sha256 FINGERPRINT, or install it in the OS trust store: " + (
            OperatingSystem.IsWindows() ? "certutil -addstore Root gateway.crt"
            : OperatingSystem.IsMacOS() ? "with Keychain Access"
            : "copy it to /usr/local/share/ca-certificates/gateway.crt and run sudo update-ca-certificates");

    static string Presented(X509Certificate2 certificate) => FormattableString.Invariant(
        $"subject {certificate.Subject}, issuer {certificate.Issuer}, SHA-256 {CertificatePin.Of(certificate)}, valid {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");

    static string WrongTimeOf(X509Certificate2 certificate) => FormattableString.Invariant(
        $"its certificate is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd} only (is this machine's clock right?)");

    static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).Distinct().ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }
}
