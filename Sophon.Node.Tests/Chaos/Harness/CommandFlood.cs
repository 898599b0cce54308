using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>A caller over REST that keeps asking: each command has its id from the start, so that a request whose answer got lost is repeated and not asked twice.</summary>
sealed class CommandFlood(GatewayProgram gateway, string nodeId, Witness witness)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly string run = Guid.NewGuid().ToString("N")[..12];

    /// <summary>Asks for commands 0 to <paramref name="count"/> − 1, and returns when the Gateway has taken each.</summary>
    public Task SubmitAsync(int count, CancellationToken cancellationToken) => EachAsync(count, async number =>
    {
        using var response = await gateway.Http.PostAsJsonAsync(
            $"api/nodes/{nodeId}/commands?wait=false", new { type = "system.execute", parameters = witness.Parameters(number), timeoutSeconds = 120, commandId = IdOf(number) }, cancellationToken);
        if (response.IsSuccessStatusCode) return true;

        // The Node is offline, or the Gateway has its hands full.
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) return false;
        throw new InvalidOperationException($"command {number}: {response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }, cancellationToken);

    /// <summary>Each command's final status as the Gateway has stored it, <c>lost</c> for one that it does not know.</summary>
    public async Task<IReadOnlyList<string>> StatusesAsync(int count, CancellationToken cancellationToken)
    {
        var statuses = new string[count];
        await EachAsync(count, async number =>
        {
            using var response = await gateway.Http.GetAsync(new Uri($"api/commands/{IdOf(number)}", UriKind.Relative), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound) statuses[number] = "lost";
            if (!response.IsSuccessStatusCode) return statuses[number] is not null;
            var status = (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("status").GetString()!;
            if (status is "queued" or "running" or "awaitingApproval") return false;
            statuses[number] = status;
            return true;
        }, cancellationToken);
        return statuses;
    }

    string IdOf(int number) => $"{run}-{number}";

    static Task EachAsync(int count, Func<int, Task<bool>> tryOne, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
        async (number, token) =>
        {
            while (true)
            {
                try
                {
                    if (await tryOne(number)) return;
                }
                catch (Exception error) when (error is HttpRequestException or IOException)
                {
                    // The Gateway is being killed.
                }

                await Task.Delay(Pause, token);
            }
        });
}
