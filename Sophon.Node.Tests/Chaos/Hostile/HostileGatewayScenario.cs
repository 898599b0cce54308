using System.Text.Json;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Tests.Chaos.Harness;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.Hostile;

/// <summary>Line 10: a Gateway with bad intentions against a real Node.</summary>
static class HostileGatewayScenario
{
    /// <summary>What a Gateway may send a Node (<c>WireLimits</c>), and a little more.</summary>
    static readonly string Oversized = new string('x', WireLimits.GatewayToNodeBytes + 1_000);

    /// <summary>What a Node may have gained for good: caches and compiled code, not what each input left behind.</summary>
    const double MemoryMb = 60;

    /// <param name="every">Each how many inputs one is a frame that is broken, or too large.</param>
    public static async Task<IReadOnlyList<ChaosRow>> RunAsync(int inputs, int every, int seed)
    {
        Console.WriteLine($"hostile Gateway: seed {seed}");
        var all = Inputs(inputs, every, seed);
        var broken = all.Count(input => input.Id is null);
        await using var gateway = new HostileGateway(all);
        await gateway.StartAsync();
        await using var node = new NodeProgram(display: null);

        // Nothing that ends or starts programs of this machine: what is tested is the way to the refusal.
        await node.ConfigureAsync("sophon.node.gateway { first-retry-within = 0s, retry-cap = 1s }");
        await File.WriteAllTextAsync(Path.Combine(node.Home, "policy.conf"), "commands.deny = [\"app.*\", \"notify.*\"]\nsystem-execute = deny");
        await File.WriteAllTextAsync(Path.Combine(node.Home, "config.json"), JsonSerializer.Serialize(new { gatewayUrl = gateway.Address.ToString(), nodeToken = "abc123.a1b2c3d4e5f6" }));
        await node.StartAsync();
        var before = ProcessTable.MemoryMb(node.Process.ProcessId);
        var finished = await Task.WhenAny(gateway.Done, Task.Delay(TimeSpan.FromMinutes(4))) == gateway.Done;
        var alive = !node.Process.HasExited;
        var after = alive ? ProcessTable.MemoryMb(node.Process.ProcessId) : 0;
        var commands = all.Where(input => input.Id is not null).ToList();
        var (once, twice) = (commands.Count(input => gateway.Answers.GetValueOrDefault(input.Id!) == 1), commands.Count(input => gateway.Answers.GetValueOrDefault(input.Id!) > 1));
        var lost = gateway.Connections - 1;
        var code = -1;
        if (alive)
        {
            node.Process.Terminate();
            code = await node.Process.ExitAsync();
        }

        return
        [
            new("10a", $"hostile commands to a Node (seed {seed})", ChaosRow.Times(commands.Count),
                $"one typed answer {once:N0}, two {twice}, untyped {gateway.Untyped}, crashes {(alive && code == 0 ? 0 : 1)}{(finished ? "" : $", stuck at input {gateway.Sent}: {all[Math.Min(gateway.Sent, all.Count) - 1].Frame[..Math.Min(200, all[Math.Min(gateway.Sent, all.Count) - 1].Frame.Length)]}")}",
                $"one {commands.Count:N0}, crashes 0", finished && alive && code == 0 && once == commands.Count && gateway.Untyped == 0),
            new("10b", "… broken and oversized frames among them", ChaosRow.Times(broken), $"connections lost {lost}, memory {before:0} → {after:0} MB",
                $"lost ≤ {broken}, + {MemoryMb:0} MB", lost <= broken && lost > 0 && after - before < MemoryMb),
        ];
    }

    static List<HostileGateway.Input> Inputs(int count, int every, int seed)
    {
        var bodies = HostileInputs.Command.Sample(seed, count);
        var frames = HostileInputs.BrokenFrame.Sample(seed, count / every + 1);
        var all = new List<HostileGateway.Input>(count);
        for (var number = 0; number < count; number++)
        {
            if (number % every == every - 1)
            {
                // A few large ones: each takes eight million bytes.
                all.Add(new(null, number / every % 50 == 7 ? HostileInputs.Invocation("ExecuteCommand", $"\"{Oversized}\"") + HostileInputs.End : frames[number / every]));
                continue;
            }

            var id = $"h-{number}";
            all.Add(new(id, HostileInputs.Invocation("ExecuteCommand", HostileInputs.WithId(id, bodies[number])) + HostileInputs.End));
        }

        return all;
    }
}
