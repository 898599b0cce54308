using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sophon.Node.Gateway;

/// <summary>How every request to a Gateway is made, over REST and WebSocket alike: TLS verified, no redirects, no cookies.</summary>
sealed class GatewayHttp
{
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
        SslOptions = { RemoteCertificateValidationCallback = Verify },
    };

    // Refuses what .NET refuses; it is here to learn why, which the exception does not tell.
    bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        CertificateProblem = CertificateProblems.Describe(certificate as X509Certificate2, chain, errors);
        return false;
    }
}
