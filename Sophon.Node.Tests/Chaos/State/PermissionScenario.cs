using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;

namespace Sophon.Node.Tests.Chaos.State;

/// <summary>Line 14: every file of a Node's life, under umask 000.</summary>
static class PermissionScenario
{
    static readonly string[] Expected =
    [
        "", "config.json", "logs", "state", "state/status.json", "state/node.lock", "state/grants", "state/paused.json", "journal", "journal/commands.journal", "audit",
    ];

    public static async Task<IReadOnlyList<ChaosRow>> RunAsync()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(display: null) { Through = ["sh", "-c", "umask 000; exec \"$@\"", "sh"] };
        await using var watch = new ModeWatch(node.Home);
        await node.PairAsync(gateway);
        await node.StartAsync();
        await gateway.ExecuteAsync(node.NodeId, "system.info");
        foreach (var verb in new string[][] { ["grant", "system.execute", "--for", "10m"], ["pause"], ["resume"] })
        {
            await using var run = node.Run(verb);
            if (await run.ExitAsync() != 0) throw new InvalidOperationException($"{string.Join(' ', verb)}: {run.Errors}");
        }

        node.Process.Terminate();
        await node.Process.ExitAsync();
        await watch.DisposeAsync();
        var wide = watch.TooWide.ToList();
        var missing = Expected.Where(path => !watch.Modes.ContainsKey(path)).ToList();
        return
        [
            new("14", "paired, started, granted, paused, stopped under umask 000, files watched from their creation", $"{watch.Modes.Count} paths",
                $"wider than 0600/0700: {wide.Count} {string.Join(", ", wide)}{(missing.Count > 0 ? $"; not seen: {string.Join(", ", missing)}" : "")}", "0", wide.Count == 0 && missing.Count == 0),
        ];
    }
}
