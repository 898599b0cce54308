using System.Net;
using System.Net.Http.Headers;
using Sophon.Node.Actors;
using Sophon.Node.Gateway;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Reporting;

namespace Sophon.Node.Cli.Doctor;

/// <summary>
/// Reachability, TLS, clock and token, all from the hub's negotiation: a plain request, so that a Node that runs meanwhile is not superseded.
/// </summary>
/// <param name="http">Its timeout set; must not follow redirects.</param>
sealed class GatewayChecks(HttpClient http, Func<string?> certificateProblem, TimeProvider time)
{
    const string Area = "gateway";
    static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(1);

    /// <param name="token">Null when not paired: then any refusal shows that a Gateway is there.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(Uri gateway, NodeToken? token, bool tokenInQuery)
    {
        HttpResponseMessage response;
        try
        {
            response = await NegotiateAsync(gateway, token, tokenInQuery);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return [Unreached(GatewayFailures.Classify(error, gateway, certificateProblem()), gateway)];
        }

        using (response)
        {
            List<Finding> findings = [Finding.Good(Area, "reachable", $"{GatewayAddress.Show(gateway)} answers"), Tls(gateway)];
            if (response.Headers.Date is { } theirs) findings.Add(Clock(time.GetUtcNow() - theirs));
            findings.Add(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized
                ? await TokenAsync(gateway, token, tokenInQuery, response)
                : Finding.Bad(Area, "hub", $"{WireNames.HubPath} answers {(int)response.StatusCode}", "Check the address: opened in a browser it shows the Sophon page"));
            return findings;
        }
    }

    static Finding Unreached(GatewayFailure failure, Uri gateway) => failure.Failure == PairingFailure.Tls
        ? Finding.Bad(Area, "tls", failure.MessageFor(gateway), CertificateProblems.Cure)
        : Finding.Bad(Area, "reachable", failure.MessageFor(gateway), $"The Node needs outgoing {gateway.Scheme} and WebSockets to port {gateway.Port}");

    static Finding Tls(Uri gateway) =>
        gateway.Scheme == Uri.UriSchemeHttps ? Finding.Good(Area, "tls", "the certificate is trusted")
        : gateway.IsLoopback ? Finding.Note(Area, "tls", "none, and none needed: the Gateway is on this machine")
        : Finding.Bad(Area, "tls", "none: the token travels in the clear over the network", "Put the Gateway behind https, and pair with that address");

    static Finding Clock(TimeSpan difference) => difference.Duration() <= LargestSkew
        ? Finding.Good(Area, "clock", $"agrees with the Gateway's within {Math.Max(1, Math.Ceiling(difference.Duration().TotalSeconds)):0} s")
        : Finding.Bad(Area, "clock", ConsoleReporter.Skew(difference), "sudo timedatectl set-ntp true");

    async Task<Finding> TokenAsync(Uri gateway, NodeToken? token, bool tokenInQuery, HttpResponseMessage response)
    {
        if (token is null) return Finding.Note(Area, "token", "none yet: this machine is not paired");
        if (response.StatusCode == HttpStatusCode.OK) return Finding.Good(Area, "token", $"{token.Prefix} is accepted");
        if (!tokenInQuery && await AcceptsQueryAsync(gateway, token))
            return Finding.Bad(Area, "token", "the Gateway refuses the Authorization header, and takes the token in the query", "Put into node.conf: sophon.node.gateway.token-in-query = on");

        var reason = TokenHandler.ReasonOf(response);
        return Finding.Bad(Area, "token", $"{token.Prefix} is refused: {reason}", reason == DisconnectReasons.NotApproved
            ? "Approve the Node in the Dashboard (Settings → Devices)"
            : "sophon-node unpair, then the command from the Dashboard (Add Node)");
    }

    async Task<bool> AcceptsQueryAsync(Uri gateway, NodeToken token)
    {
        try
        {
            using var response = await NegotiateAsync(gateway, token, inQuery: true, inHeader: false);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    async Task<HttpResponseMessage> NegotiateAsync(Uri gateway, NodeToken? token, bool inQuery, bool inHeader = true)
    {
        var query = inQuery && token is not null ? $"&access_token={Uri.EscapeDataString(token.Reveal())}" : "";
        using var request = new HttpRequestMessage(HttpMethod.Post, GatewayAddress.At(gateway, $"{WireNames.HubPath}/negotiate?negotiateVersion=1{query}"));
        if (inHeader && token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        return await http.SendAsync(request);
    }
}
