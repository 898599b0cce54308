namespace Sophon.Node;

/// <summary>How <c>sophon-node</c> ends. Part of the interface: scripts and service managers rely on the numbers (docs/cli.md).</summary>
enum ExitCode
{
    Success = 0,

    /// <summary><c>doctor</c> found something wrong; <c>status</c> and <c>unpair</c>: a no as the answer.</summary>
    Problem = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>node.conf or config.json can't be used; the message names file, place and cure.</summary>
    Settings = 3,

    /// <summary>This machine is not paired.</summary>
    NotPaired = 4,

    /// <summary>This machine is paired already, and nobody confirmed to replace that.</summary>
    AlreadyPaired = 5,

    /// <summary>Another <c>start</c> runs on the same folder.</summary>
    AlreadyRunning = 6,

    /// <summary><c>status</c>: paired, but no Node runs.</summary>
    NotRunning = 7,

    /// <summary><c>status</c>: a Node runs, but is not online, or its Gateway has acknowledged nothing for too long.</summary>
    NotOnline = 8,

    /// <summary><c>pair</c>: rejected in the Dashboard.</summary>
    PairingRejected = 10,

    /// <summary><c>pair</c>: the secret has expired.</summary>
    PairingExpired = 11,

    /// <summary><c>pair</c>: unknown node id or wrong secret.</summary>
    PairingUnauthorized = 12,

    /// <summary><c>pair</c>: somebody else polls with the same secret.</summary>
    PairingClaimedElsewhere = 13,

    /// <summary>The Gateway can't be reached.</summary>
    GatewayUnreachable = 14,

    /// <summary>The Gateway's certificate can't be verified.</summary>
    GatewayTls = 15,

    /// <summary>What answers is no Sophon Gateway.</summary>
    NotAGateway = 16,

    /// <summary>The token could not be stored.</summary>
    TokenNotStored = 17,

    /// <summary><c>start</c>: the Gateway does not accept the token, or has not approved the Node. Restarting won't help.</summary>
    Refused = 20,

    /// <summary><c>start</c>: the Node was revoked. Restarting won't help.</summary>
    Revoked = 21,

    /// <summary><c>start</c>: another connection with the same identity took over. Restarting won't help.</summary>
    Superseded = 22,

    /// <summary><c>service</c>: the service manager can't be told, or did not do it.</summary>
    ServiceFailed = 30,

    /// <summary><c>update</c>: the archive can't be used. Nothing was changed.</summary>
    UpdateRefused = 31,

    /// <summary><c>update</c>: the new version did not get online, and the old one is back.</summary>
    UpdateRolledBack = 32,

    /// <summary>A fault of the program's own; the log has the details. Restarting may help.</summary>
    Fault = 70,

    /// <summary>Ctrl+C or SIGTERM before the work was done.</summary>
    Interrupted = 130,
}

static class ExitCodeExtensions
{
    /// <summary>Another <c>start</c> would end the same way until a person has done something; a service manager must not try.</summary>
    public static bool IsFinal(this ExitCode code) => code is
        ExitCode.Settings or ExitCode.NotPaired or ExitCode.AlreadyPaired or ExitCode.AlreadyRunning or ExitCode.Refused or ExitCode.Revoked or ExitCode.Superseded;
}
