using System.Text.Json;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Metrics;
using Sophon.Gateway.Problems;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Pairing;

static class PairingEndpoints
{
    public static void MapPairing(this IEndpointRouteBuilder routes) => routes
        .MapPost(WireNames.PairPath, PollAsync)
        .AllowAnonymous()
        .WithTags("Pairing")
        .WithSummary("A Node asks whether it is approved")
        .WithDescription("The Node polls every 3 s with the id and secret of its registration. An unknown id and a wrong secret answer the same 401; 20 failed attempts a minute from one address answer 429; after 5 for one id its secret is dead until a new one is made. The first poll's clientNonce is the only one that is served.")
        .Produces<PairResponse>()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<IResult> PollAsync(PairRequest request, HttpContext http, PairingService pairing, GatewayUrls urls, GatewayMetrics metrics)
    {
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        http.Response.Headers.CacheControl = "no-store";
        var outcome = await pairing.PollAsync(request, address, urls.For(http.Request));
        metrics.PairingAttempt(NameOf(outcome));
        return outcome switch
        {
            PairOutcome.Answered answered => Results.Ok(answered.Response),
            PairOutcome.TooMany tooMany => throw new ProblemException(new Problem(
                StatusCodes.Status429TooManyRequests, ProblemCodes.TooManyAttempts, "Too many failed pairing attempts from this address; wait, then try again.")
            {
                RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(tooMany.Wait.TotalSeconds)),
            }),
            _ => throw new ProblemException(new Problem(
                StatusCodes.Status401Unauthorized, ProblemCodes.Unauthorized, "The node id or the pairing secret is wrong, or the secret no longer counts; make a new secret in the Dashboard.")),
        };
    }

    static string NameOf(PairOutcome outcome) => outcome switch
    {
        PairOutcome.Answered { Response.Status: var status } => JsonNamingPolicy.CamelCase.ConvertName(status.ToString()),
        PairOutcome.TooMany => ProblemCodes.TooManyAttempts,
        _ => ProblemCodes.Unauthorized,
    };
}
