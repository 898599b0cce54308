using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sophon.Node.Tests.Support.Programs;

/// <summary>A real Gateway process on a data folder of its own; it can be killed and comes back at the same address.</summary>
public sealed class GatewayProgram : IAsyncDisposable
{
    readonly TestFolder folder = new();
    readonly string[] options;
    ProgramProcess? process;

    GatewayProgram(IReadOnlyDictionary<string, string?>? variables, string[] options)
    {
        this.options = options;
        // No approvals of the Gateway's unless asked for: what most specs look at is the Node's consent.
        var environment = new Dictionary<string, string?> { ["Gateway__Approvals__Execute"] = "none", ["SOPHON_GATEWAY_HOME"] = folder.Path };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>()) environment[name] = value;
        Environment = environment;
    }

    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public string AdminToken { get; private set; } = "";

    /// <summary>With the administrator's token.</summary>
    public HttpClient Http { get; private set; } = new();

    public ProgramProcess Process => process!;

    /// <param name="variables">More of its environment, e.g. settings.</param>
    /// <param name="prepare">Is given the data folder before the start.</param>
    /// <param name="options">More of <c>serve</c>.</param>
    public static async Task<GatewayProgram> StartNewAsync(
        IReadOnlyDictionary<string, string?>? variables = null, Func<string, Task>? prepare = null, string[]? options = null)
    {
        var gateway = new GatewayProgram(variables, options ?? []);
        if (prepare is not null) await prepare(gateway.folder.Path);
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>Starts it, on what an earlier life has left.</summary>
    public async Task StartAsync()
    {
        process = ProgramProcess.Start("sophon-gateway", ["serve", "--urls", Url.ToString(), .. options], Environment);
        await process.WaitForAsync("Press Ctrl+C to stop.", TimeSpan.FromSeconds(90));
        Url = new Uri(After("Listening on "));
        if (AdminToken.Length > 0) return;

        AdminToken = After("Admin token: ");
        Http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(3) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
    }

    public Task KillAsync() => Process.KillAsync();

    public IReadOnlyDictionary<string, string?> Environment { get; }

    public async Task<Registration> RegisterAsync(string name = "Test desktop") =>
        (await PostAsync<Registration>("api/nodes", new { displayName = name, platform = "linux" }))!;

    public Task ApproveAsync(string nodeId, params string[] scopes) =>
        PostAsync<JsonElement>($"api/nodes/{nodeId}/approve", new { scopes = scopes.Length == 0 ? ["node.command"] : scopes });

    public async Task<string> StateOfAsync(string nodeId) =>
        (await Http.GetFromJsonAsync<JsonElement>($"api/nodes/{nodeId}")).GetProperty("state").GetString()!;

    /// <summary>When the Gateway took the last one, as it tells; empty while the Node is not connected.</summary>
    public async Task<string> LastHeartbeatOfAsync(string nodeId) =>
        (await Http.GetFromJsonAsync<JsonElement>($"api/nodes/{nodeId}")).TryGetProperty("heartbeatAt", out var at) ? at.ToString() : "";

    public Task WaitForStateAsync(string nodeId, string state, TimeSpan? deadline = null) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                return await StateOfAsync(nodeId) == state;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        $"node {nodeId} is {state}", deadline ?? TimeSpan.FromSeconds(60));

    /// <summary>Runs a command and waits for its end; a refusal by the Gateway itself comes as a result as well.</summary>
    public async Task<Answer> ExecuteAsync(string nodeId, string type, object? parameters = null, int timeoutSeconds = 30)
    {
        using var response = await Http.PostAsJsonAsync($"api/nodes/{nodeId}/commands", new { type, parameters = parameters ?? new { }, timeoutSeconds });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? Answer.Of(body) : new Answer("refused", null, body.GetProperty("code").GetString(), body.GetProperty("title").GetString(), 0);
    }

    async Task<T?> PostAsync<T>(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<T>();
    }

    string After(string label)
    {
        var line = Process.Output.Split('\n').First(candidate => candidate.StartsWith(label, StringComparison.Ordinal));
        return line[label.Length..].Trim().Split(' ')[0];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is not null) await process.DisposeAsync();
        folder.Dispose();
    }

    public sealed record Registration(string NodeId, string PairingSecret, string PairingCode, DateTimeOffset ExpiresAt, string Command);

    /// <summary>What a caller over REST sees of a command's end.</summary>
    /// <param name="Status"><c>refused</c> when it never got to the Node.</param>
    public sealed record Answer(string Status, JsonElement? Result, string? Code, string? Message, double DurationMs)
    {
        public static Answer Of(JsonElement body)
        {
            var error = body.TryGetProperty("error", out var given) && given.ValueKind == JsonValueKind.Object ? given : (JsonElement?)null;
            return new Answer(
                body.GetProperty("status").GetString()!,
                body.TryGetProperty("result", out var result) && result.ValueKind != JsonValueKind.Null ? result : null,
                error?.GetProperty("code").GetString(), error?.GetProperty("message").GetString(),
                body.TryGetProperty("durationMs", out var ms) && ms.ValueKind == JsonValueKind.Number ? ms.GetDouble() : 0);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {Code} {Message}");
    }
}
