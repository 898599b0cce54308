using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sophon.Gateway.Cli;

/// <summary>Talks to a running Gateway over REST.</summary>
sealed class GatewayClient : IDisposable
{
    const string UrlVariable = "SOPHON_GATEWAY_URL";
    const string TokenVariable = "SOPHON_GATEWAY_TOKEN";
    const string DefaultUrl = "http://localhost:8080";

    /// <summary>Longer than a command can take: its timeout of 2 minutes at most, and the Gateway's patience.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    static readonly Option<string?> Url = new("--gateway") { Description = $"The Gateway's URL; else {UrlVariable}, else {DefaultUrl}.", HelpName = "URL", Recursive = true };
    static readonly Option<string?> Token = new("--token") { Description = $"An API token; better in {TokenVariable}, which no process list shows.", HelpName = "TOKEN", Recursive = true };
    static readonly Option<bool> Json = new("--json") { Description = "Print the Gateway's JSON.", Recursive = true };

    readonly HttpClient http;

    GatewayClient(Uri url, string token)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public static void AddOptions(Command command)
    {
        command.Options.Add(Url);
        command.Options.Add(Token);
        command.Options.Add(Json);
    }

    public static bool WantsJson(ParseResult parsed) => parsed.GetValue(Json);

    public static GatewayClient From(ParseResult parsed)
    {
        var url = parsed.GetValue(Url) ?? Variable(UrlVariable) ?? DefaultUrl;
        if (!Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CliException(ExitCodes.Usage, $"\"{url}\" is no Gateway URL; it takes one like {DefaultUrl}.");
        var token = parsed.GetValue(Token) ?? Variable(TokenVariable)
            ?? throw new CliException(ExitCodes.Unauthorized, $"An API token is needed: set {TokenVariable}, or give --token. The Gateway's first run printed one; sophon-gateway admin token makes another on the Gateway's machine.");
        return new GatewayClient(address, token.Trim());
    }

    /// <returns>The answer's JSON; null for an empty one.</returns>
    /// <exception cref="CliException">The Gateway can't be reached, or refused.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var (status, answer) = await ExchangeAsync(method, path, body, cancellationToken);
        return (int)status < 300 ? answer : throw Refusal(status, answer);
    }

    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode?> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>A node by its id, or by a display name that only one has.</summary>
    public async Task<JsonNode> FindNodeAsync(string idOrName, CancellationToken cancellationToken)
    {
        var nodes = (await GetAsync("api/nodes", cancellationToken))!.AsArray();
        if (nodes.FirstOrDefault(node => Text(node, "nodeId") == idOrName) is { } byId) return byId;
        var named = nodes.Where(node => string.Equals(Text(node, "displayName"), idOrName, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count switch
        {
            1 => named[0]!,
            0 => throw new CliException(ExitCodes.Failed, $"There is no node \"{idOrName}\". sophon-gateway nodes list shows them all."),
            _ => throw new CliException(ExitCodes.Failed, $"{named.Count} nodes are called \"{idOrName}\"; give the id: {string.Join(", ", named.Select(node => Text(node, "nodeId")))}"),
        };
    }

    public static string Text(JsonNode? node, string member) => node?[member] is { } value ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString() : "";

    public void Dispose() => http.Dispose();

    async Task<(HttpStatusCode Status, JsonNode? Answer)> ExchangeAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), null, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
        }
        catch (HttpRequestException error)
        {
            throw new CliException(ExitCodes.Unavailable, $"The Gateway at {http.BaseAddress} can't be reached: {error.Message}. Is it running? Give its URL with --gateway or {UrlVariable}.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCodes.Unavailable, $"The Gateway at {http.BaseAddress} does not answer.");
        }
        catch (JsonException)
        {
            throw new CliException(ExitCodes.Unavailable, $"What answers at {http.BaseAddress} is no Sophon Gateway.");
        }
    }

    static CliException Refusal(HttpStatusCode status, JsonNode? problem)
    {
        var code = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && Text(problem, "code") is "unauthorized" or "forbidden"
            ? ExitCodes.Unauthorized
            : ExitCodes.Failed;
        return new CliException(code, Text(problem, "code") is { Length: > 0 } name ? $"{name}: {Text(problem, "title")}" : $"The Gateway answers {(int)status}.");
    }

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
