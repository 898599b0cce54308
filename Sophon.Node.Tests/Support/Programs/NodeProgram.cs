namespace Sophon.Node.Tests.Support.Programs;

/// <summary>A real Node on a home folder of its own.</summary>
public sealed class NodeProgram : IAsyncDisposable
{
    readonly TestFolder folder = new();
    readonly IReadOnlyDictionary<string, string?> environment;
    readonly string program;
    ProgramProcess? running;

    /// <param name="display">E.g. <c>:99</c>; null for none.</param>
    /// <param name="variables">More of the Node's environment.</param>
    /// <param name="program">Its path; null for the one as built.</param>
    public NodeProgram(string? display, IReadOnlyDictionary<string, string?>? variables = null, string? program = null)
    {
        this.program = program ?? "sophon-node";
        var all = new Dictionary<string, string?>(variables ?? new Dictionary<string, string?>())
        {
            ["SOPHON_NODE_HOME"] = Home, ["DISPLAY"] = display, ["LC_ALL"] = "C.UTF-8",
        };
        environment = all;
    }

    public string Home => folder.File("home");

    public string NodeId { get; private set; } = "";

    public ProgramProcess Process => running!;

    /// <summary>A program and its arguments that the Node is started through, e.g. <c>unshare -m</c>.</summary>
    public IReadOnlyList<string>? Through { get; init; }

    /// <summary>Any verb, to its end or not.</summary>
    public ProgramProcess Run(params string[] arguments) => ProgramProcess.Start(program, arguments, environment, Through);

    /// <summary>Writes node.conf; it polls and reconnects faster than a Node in the field, so that tests need not wait.</summary>
    public Task ConfigureAsync(string? more = null)
    {
        Directory.CreateDirectory(Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return File.WriteAllTextAsync(Path.Combine(Home, "node.conf"), $"""
            sophon.node.pairing.poll-interval = 200ms
            sophon.node.gateway.first-retry-within = 1s
            {more}
            """);
    }

    /// <summary>Somebody else has paired it.</summary>
    public void Adopt(string nodeId) => NodeId = nodeId;

    /// <summary>The install page's steps 1 to 3.</summary>
    public Task PairAsync(GatewayProgram gateway, params string[] scopes) => PairAsync(gateway, gateway.Url, scopes);

    /// <param name="address">Where the Node reaches the Gateway.</param>
    public async Task PairAsync(GatewayProgram gateway, Uri address, params string[] scopes)
    {
        var registration = await gateway.RegisterAsync();
        NodeId = registration.NodeId;
        await using var pair = Run("pair", "--gateway", address.ToString(), "--node-id", NodeId, "--secret", registration.PairingSecret);
        await pair.WaitForAsync("Waiting for approval");
        await gateway.ApproveAsync(NodeId, scopes);
        if (await pair.ExitAsync() != 0) throw new InvalidOperationException($"pair failed:\n{pair.Output}\n{pair.Errors}");
    }

    /// <summary>Step 4; returns when the Node says that it is online.</summary>
    public async Task StartAsync(params string[] arguments)
    {
        Launch(arguments);
        await running!.WaitForAsync("Heartbeat sent. Status: Online.", TimeSpan.FromSeconds(90));
    }

    /// <summary>Step 4, without waiting for anything.</summary>
    public void Launch(params string[] arguments) => running = Run(["start", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        if (running is not null) await running.DisposeAsync();
        folder.Dispose();
    }
}
