using System.Net.Http.Json;
using System.Text.Json;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Harness;

/// <summary>Many Nodes, paired by hand over REST: no process each.</summary>
sealed class Fleet(GatewayProgram gateway)
{
    /// <returns>The token.</returns>
    public async Task<string> PairAsync(string name)
    {
        var registration = await gateway.RegisterAsync(name);
        var nonce = Guid.NewGuid().ToString("N");
        await PollAsync(registration, nonce);
        await gateway.ApproveAsync(registration.NodeId);
        return (await PollAsync(registration, nonce)).GetProperty("token").GetString()!;
    }

    async Task<JsonElement> PollAsync(GatewayProgram.Registration registration, string clientNonce)
    {
        using var response = await gateway.Http.PostAsJsonAsync("api/nodes/me/pair", new { nodeId = registration.NodeId, pairingSecret = registration.PairingSecret, clientNonce });
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
