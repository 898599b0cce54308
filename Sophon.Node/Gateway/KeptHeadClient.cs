using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sophon.Node.Actors;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Gateway;

/// <summary>What the Gateway says of the Node's audit.</summary>
abstract record KeptHeadAnswer
{
    public sealed record Kept(KeptAuditHead Head) : KeptHeadAnswer;

    /// <param name="Why">A sentence: it keeps none, or could not be asked.</param>
    public sealed record Unknown(string Why) : KeptHeadAnswer;
}

/// <summary>Asks the Gateway for the head of this Node's audit that it keeps.</summary>
/// <param name="http">With its timeout set; must not follow redirects: the request has the token.</param>
/// <param name="certificateProblem">What was wrong with a refused certificate.</param>
sealed class KeptHeadClient(HttpClient http, Func<string?> certificateProblem)
{
    public async Task<KeptHeadAnswer> AskAsync(NodeIdentity identity)
    {
        var gateway = GatewayAddress.Show(identity.GatewayUrl);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, GatewayAddress.At(identity.GatewayUrl, WireNames.AuditHeadPath));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", identity.Token.Reveal());
            using var response = await http.SendAsync(request);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Read(await response.Content.ReadAsByteArrayAsync(), gateway),
                HttpStatusCode.NoContent => new KeptHeadAnswer.Unknown($"The Gateway at {gateway} keeps no head of this audit yet; it does after the next heartbeat."),
                HttpStatusCode.Unauthorized => new KeptHeadAnswer.Unknown($"The Gateway at {gateway} refuses this Node's token, and so tells no head."),
                _ => new KeptHeadAnswer.Unknown($"The Gateway at {gateway} keeps no heads of audits: it answers {(int)response.StatusCode}."),
            };
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return new KeptHeadAnswer.Unknown(GatewayFailures.Classify(error, identity.GatewayUrl, certificateProblem()).MessageFor(identity.GatewayUrl));
        }
    }

    static KeptHeadAnswer Read(byte[] body, string gateway)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ProtocolJson.Default.KeptAuditHead) is { Sequence: > 0, Hash.Length: 64 } head) return new KeptHeadAnswer.Kept(head);
        }
        catch (JsonException)
        {
            // Said below.
        }

        return new KeptHeadAnswer.Unknown($"What answers at {gateway} does not answer as a Sophon Gateway does.");
    }
}
