using System.Net.WebSockets;
using System.Text;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Node.Gateway;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Hostile;

/// <summary>Line 10, the other way: paired Nodes with bad intentions against a real Gateway, beside one that is honest.</summary>
static class HostileNodeScenario
{
    const double MemoryMb = 80;

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(int inputs, int every, int seed)
    {
        Console.WriteLine($"hostile Node: seed {seed}");
        await using var system = await ChaosSystem.StartAsync();
        var fleet = new Fleet(system.Gateway);
        var token = await fleet.PairAsync("hostile");
        var random = new Random(seed);
        var calls = HostileInputs.CallToGateway.Sample(seed, inputs);
        var frames = HostileInputs.BrokenFrame.Sample(seed, inputs / every + 1);
        var before = ProcessTable.MemoryMb(system.Gateway.Process.ProcessId);
        var (connections, broken, at) = (0, 0, 0);
        while (at < inputs)
        {
            using var socket = await ConnectAsync(system.Gateway, token);
            connections++;
            var draining = socket.DrainAsync();
            while (at < inputs && !draining.IsCompleted)
            {
                var isBroken = at % every == every - 1;
                try
                {
                    await socket.SendAsync(isBroken ? frames[at / every] : calls[at]);
                }
                catch (WebSocketException)
                {
                    break;
                }

                at++;
                if (!isBroken) continue;
                broken++;
                await draining.WaitAsync(TimeSpan.FromSeconds(30));
            }
        }

        var honest = await system.ExecuteAsync("system.info");
        var lost = system.Count("Connection to Gateway lost");
        var after = ProcessTable.MemoryMb(system.Gateway.Process.ProcessId);
        return
        [
            new("10c", $"hostile calls of a paired Node to a Gateway (seed {seed})", ChaosRow.Times(inputs),
                $"crashes {(system.Gateway.Process.HasExited ? 1 : 0)}, an honest Node beside it: lost {lost}, then {honest.Status}", "0, lost 0, succeeded",
                !system.Gateway.Process.HasExited && lost == 0 && honest.Status == "succeeded"),
            new("10d", "… broken frames among them", ChaosRow.Times(broken), $"connections lost {connections - 1}, memory {before:0} → {after:0} MB", $"lost ≤ {broken}, + {MemoryMb:0} MB",
                connections - 1 <= broken && after - before < MemoryMb),
        ];
    }

    static async Task<ClientWebSocket> ConnectAsync(GatewayProgram gateway, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await socket.ConnectAsync(new UriBuilder(gateway.Url) { Scheme = "ws", Path = WireNames.HubPath }.Uri, CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}" + HostileInputs.End), WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.ReceiveAsync(new byte[4096], CancellationToken.None);
        return socket;
    }
}
