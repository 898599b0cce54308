using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sophon.Node.Connection;

namespace Sophon.Node.Gateway;

/// <summary>How every request to a Gateway is made, over REST and WebSocket alike: TLS verified, no redirects, no cookies.</summary>
sealed class GatewayHttp(GatewayTrust trust)
{
    const X509ChainStatusFlags WhoSigned = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>What was wrong with the last certificate that was refused; null when none was.</summary>
    public string? CertificateProblem { get; private set; }

    /// <summary>For REST. What it reads is bounded: no answer of a Gateway's REST that a Node reads is longer.</summary>
    public HttpClient CreateClient(TimeSpan timeout) => new(CreateHandler()) { Timeout = timeout, MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>The caller disposes it.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        // A redirect would carry secrets to whoever the answer names.
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = Verify, CertificateChainPolicy = ChainPolicy() },
    };

    X509ChainPolicy? ChainPolicy()
    {
        if (trust.Authorities is null) return null;

        // Authorities of one's own seldom publish what they have revoked: then nothing could be verified at all.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(trust.Authorities);
        return policy;
    }

    bool Verify(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
    {
        var certificate = presented as X509Certificate2;
        if (certificate is not null && trust.Pin is { } pin)
        {
            if (pin != CertificatePin.Of(certificate))
            {
                CertificateProblem = CertificateProblems.Mismatch(certificate, pin);
                return false;
            }

            if (trust.Authorities is null && IsOnlyAboutTheSigner(chain)) errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        }

        if (errors == SslPolicyErrors.None) return true;
        CertificateProblem = CertificateProblems.Describe(certificate, chain, errors, trust);
        return false;
    }

    static bool IsOnlyAboutTheSigner(X509Chain? chain) => chain is not null && chain.ChainStatus.All(status => (status.Status & ~WhoSigned) == 0);
}
