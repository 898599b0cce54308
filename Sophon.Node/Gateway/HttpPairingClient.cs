using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Gateway;

/// <summary><c>POST /api/nodes/me/pair</c>. Redirects are not followed: the body holds the pairing secret.</summary>
/// <param name="http">With its timeout set; must not follow redirects.</param>
/// <param name="certificateProblem">What was wrong with a refused certificate.</param>
/// <param name="secrets">Learns secret and token before anything can log them.</param>
sealed class HttpPairingClient(HttpClient http, Func<string?> certificateProblem, SecretRedactor secrets, TimeProvider time) : IPairingClient
{
    const string ClaimedElsewhere = "Another machine or another 'sophon-node pair' uses the same credentials. Generate new ones in the Dashboard (Add Node), and use them once.";
    static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    public async Task<PairPoll> PollAsync(Uri gatewayUrl, PairRequest request, CancellationToken cancellationToken)
    {
        secrets.Add(request.PairingSecret);
        try
        {
            using var content = JsonContent.Create(request, ProtocolJson.Default.PairRequest);
            using var response = await http.PostAsync(GatewayAddress.At(gatewayUrl, WireNames.PairPath), content, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return Understand(gatewayUrl, response, body, ClockDifference(response));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error)
        {
            var failure = GatewayFailures.Classify(error, gatewayUrl, certificateProblem());
            return new PairPoll.Failed(failure.Failure, failure.MessageFor(gatewayUrl), ClockDifference: null);
        }
    }

    PairPoll Understand(Uri gateway, HttpResponseMessage response, byte[] body, TimeSpan? clock)
    {
        var address = GatewayAddress.Show(gateway);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => Answer(gateway, body, clock),
            HttpStatusCode.Unauthorized => Failed(PairingFailure.Unauthorized, $"The Gateway at {address} does not know this node id, or the secret is wrong. Copy the whole command from the Dashboard (Add Node), or generate new credentials there."),
            HttpStatusCode.Conflict => Failed(PairingFailure.ClaimedElsewhere, ClaimedElsewhere),
            HttpStatusCode.TooManyRequests => new PairPoll.ToldToWait(Bounded(RetryAfter(response) ?? DefaultDelay), clock),
            HttpStatusCode.ServiceUnavailable when RetryAfter(response) is { } delay => new PairPoll.ToldToWait(Bounded(delay), clock),
            >= HttpStatusCode.InternalServerError => Failed(PairingFailure.Unreachable, $"The Gateway at {address} answers {(int)response.StatusCode}: it, or the proxy before it, is not working."),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => Failed(PairingFailure.NotAGateway, Redirected(address, response)),
            _ => Failed(PairingFailure.NotAGateway, $"What answers at {address} is no Sophon Gateway: it answers {(int)response.StatusCode} to pairing. Check the address (opened in a browser it shows the Sophon page)."),
        };

        PairPoll.Failed Failed(PairingFailure failure, string message) => new(failure, message, clock);
    }

    PairPoll Answer(Uri gateway, byte[] body, TimeSpan? clock)
    {
        var answer = Parse(body);
        if (answer?.Token is { } text && NodeToken.TryParse(text, out var token)) secrets.Add(token);
        return answer?.Status switch
        {
            PairStatus.Rejected when answer.Code == PairCodes.ClaimedElsewhere => new PairPoll.Failed(PairingFailure.ClaimedElsewhere, ClaimedElsewhere, clock),
            PairStatus.Pending or PairStatus.Approved or PairStatus.Rejected or PairStatus.Expired => new PairPoll.Answered(answer, clock),
            PairStatus.SlowDown => new PairPoll.ToldToWait(Bounded(answer.IntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultDelay), clock),
            _ => new PairPoll.Failed(PairingFailure.NotAGateway, $"What answers at {GatewayAddress.Show(gateway)} is no Sophon Gateway: it does not answer as pairing does. Check the address (opened in a browser it shows the Sophon page).", clock),
        };
    }

    static PairResponse? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ProtocolJson.Default.PairResponse);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Redirected(string address, HttpResponseMessage response)
    {
        var target = response.Headers.Location is { IsAbsoluteUri: true } to ? to.GetLeftPart(UriPartial.Authority) : "another place";
        return $"{address} sends on to {target}, and a pairing secret is not sent after a redirect. If that is your Gateway, pair with its own address.";
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delay } => delay,
        { Date: { } until } => until - time.GetUtcNow(),
        _ => null,
    };

    static TimeSpan Bounded(TimeSpan delay) =>
        delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay > LongestDelay ? LongestDelay : delay;

    TimeSpan? ClockDifference(HttpResponseMessage response) => response.Headers.Date is { } theirs ? time.GetUtcNow() - theirs : null;
}
