namespace Sophon.Node.Protocol.Wire;

/// <summary>Paths, methods, headers and limits of the wire (docs/protocol.md).</summary>
public static class WireNames
{
    public const string HubPath = "/hubs/node";

    /// <summary>A WebSocket for results with an image (ours).</summary>
    public const string ImagesPath = "/hubs/node/images";

    /// <summary>A WebSocket for the frames of a live view (ours).</summary>
    public const string LivePath = "/hubs/node/live";

    public const string PairPath = "/api/nodes/me/pair";

    /// <summary>Ours: with the Node's token, the head of its audit that the Gateway keeps; 204 when it keeps none.</summary>
    public const string AuditHeadPath = "/api/nodes/me/audit-head";

    /// <summary>On a 401 of hub or negotiation: why (<see cref="DisconnectReasons"/>).</summary>
    public const string ReasonHeader = "X-Sophon-Reason";

    public const string Heartbeat = "Heartbeat";
    public const string CommandResult = "CommandResult";
    public const string CommandOutput = "CommandOutput";
    public const string CommandAwaitingConsent = "CommandAwaitingConsent";

    public const string ExecuteCommand = "ExecuteCommand";
    public const string CancelCommand = "CancelCommand";
    public const string UpdateScopes = "UpdateScopes";
    public const string Revoke = "Revoke";
    public const string Disconnecting = "Disconnecting";
    public const string StartLiveView = "StartLiveView";
    public const string StopLiveView = "StopLiveView";
}

/// <summary>Limits that both sides check before they send.</summary>
public static class WireLimits
{
    /// <summary>Bytes of one message from a Node to the Gateway.</summary>
    public const int NodeToGatewayBytes = 32 * 1024 * 1024;

    /// <summary>Bytes of one message from the Gateway to a Node.</summary>
    public const int GatewayToNodeBytes = 8 * 1024 * 1024;

    public const int DefaultTimeoutSeconds = 30;
    public const int MaxTimeoutSeconds = 120;
    public const int MaxCommandIdLength = 100;

    /// <summary>Seconds without a heartbeat after which the Gateway calls a Node offline.</summary>
    public const int OfflineAfterSeconds = 90;

    public const int HeartbeatSeconds = 30;
}

/// <summary>What a Node can do besides the public contract; in its heartbeats.</summary>
public static class Capabilities
{
    /// <summary>It remembers on disk which commands it has had: one that is sent again is answered, never run again.</summary>
    public const string Journal = "journal";

    /// <summary>It takes <c>StartLiveView</c>.</summary>
    public const string LiveView = "liveView";
}

/// <summary>Why a connection was refused or closed.</summary>
public static class DisconnectReasons
{
    /// <summary>Unknown node or wrong token. Final.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>Registered, not approved. Final.</summary>
    public const string NotApproved = "notApproved";

    /// <summary>The token was revoked. Final.</summary>
    public const string Revoked = "revoked";

    /// <summary>A second connection of the same Node took over. Final for the older one.</summary>
    public const string Superseded = "superseded";

    /// <summary>The Gateway stops; the Node reconnects.</summary>
    public const string ShuttingDown = "shuttingDown";

    public static bool IsFinal(string? reason) => reason is Unauthorized or NotApproved or Revoked or Superseded;
}
