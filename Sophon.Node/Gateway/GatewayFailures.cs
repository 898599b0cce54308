using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Sophon.Node.Actors;

namespace Sophon.Node.Gateway;

/// <param name="Reason">Begins in lower case, ends without a full stop; may hold the cure as a second sentence.</param>
sealed record GatewayFailure(PairingFailure Failure, string Reason)
{
    public string MessageFor(Uri gateway) => $"Failed to connect to Gateway at {GatewayAddress.Show(gateway)}: {Reason}{(Reason.EndsWith('?') ? "" : ".")}";
}

/// <summary>What a failed request to a Gateway means. Decided by types and codes, never by a message's text.</summary>
static class GatewayFailures
{
    const string NoTls = "it does not speak TLS as expected. Does it speak https on this port, or http?";
    const string NoAnswer = "it does not answer in time. Check the address and the firewall";
    const string Cut = "it, or something on the way to it, cut the connection";
    const string Closed = "it closed the connection without an answer";

    /// <param name="error">Of HttpClient or ClientWebSocket; wrappers are looked through.</param>
    /// <param name="gateway">For the message.</param>
    /// <param name="certificateProblem">See <see cref="GatewayHttp.CertificateProblem"/>.</param>
    public static GatewayFailure Classify(Exception error, Uri gateway, string? certificateProblem)
    {
        if (Find<AuthenticationException>(error) is not null)
            return new(PairingFailure.Tls, certificateProblem ?? NoTls);

        var request = Find<HttpRequestException>(error);
        return request switch
        {
            { HttpRequestError: HttpRequestError.NameResolutionError } => Unreachable(UnknownName(gateway)),
            { HttpRequestError: HttpRequestError.SecureConnectionError } => new(PairingFailure.Tls, NoTls),
            { HttpRequestError: HttpRequestError.ProxyTunnelError } => Unreachable("the proxy of this machine (HTTPS_PROXY) refuses"),
            { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError } =>
                new(PairingFailure.NotAGateway, "it does not speak HTTP as a Gateway does. Check the address and the port"),
            { StatusCode: HttpStatusCode.NotFound } => new(PairingFailure.NotAGateway, "it answers 404 where a Sophon Gateway has its hub. Check the address"),
            { StatusCode: { } code } => Unreachable($"it, or a proxy before it, answers {(int)code}"),
            { HttpRequestError: HttpRequestError.ResponseEnded } => Unreachable(Closed),
            // Before the socket: what a timeout ends looks like a cancelled socket beneath.
            _ when Find<WebSocketException>(error) is { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely } => Unreachable(Cut),
            _ when Find<TimeoutException>(error) is not null || error is OperationCanceledException => Unreachable(NoAnswer),
            _ when Find<SocketException>(error) is { } socket => Unreachable(Describe(socket, gateway)),
            _ => Unreachable((request ?? error).Message.TrimEnd('.', ' ')),
        };

        static GatewayFailure Unreachable(string reason) => new(PairingFailure.Unreachable, reason);
    }

    /// <summary>The first of its kind in the chain of causes.</summary>
    public static T? Find<T>(Exception? error) where T : Exception => error switch
    {
        null => null,
        T found => found,
        AggregateException many => many.InnerExceptions.Select(Find<T>).FirstOrDefault(found => found is not null),
        _ => Find<T>(error.InnerException),
    };

    static string UnknownName(Uri gateway) => $"the name {gateway.IdnHost} is not known. Check the address, or this machine's network";

    static string Describe(SocketException error, Uri gateway) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"nothing listens at {gateway.IdnHost}:{gateway.Port}. Is the Gateway running, and is the port right?",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => UnknownName(gateway),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "there is no way to it from this network. Check the VPN and the firewall",
        SocketError.TimedOut => NoAnswer,
        SocketError.ConnectionReset or SocketError.ConnectionAborted => Closed,
        _ => error.Message.TrimEnd('.', ' '),
    };
}
