namespace Sophon.Node.Protocol.Commands;

/// <summary>The closed set of error codes (docs/commands.md). They travel in lower camel case.</summary>
public enum ErrorCode
{
    /// <summary>No such command in the catalogue.</summary>
    UnknownCommand,

    /// <summary>A parameter is missing, mistyped, out of range or unknown; the message names it.</summary>
    InvalidArgument,

    /// <summary>A scope or a policy forbids it; the message says which.</summary>
    Denied,

    /// <summary>It waits for a person's approval.</summary>
    ApprovalRequired,

    /// <summary>A person said no.</summary>
    ApprovalRejected,

    /// <summary>Not on this OS or session; the message says what would make it work.</summary>
    Unsupported,

    /// <summary>A helper program is not installed; the message has the install command.</summary>
    ToolMissing,

    /// <summary>No X server or compositor answers, or the screen is locked.</summary>
    DisplayUnavailable,

    /// <summary>No such window, application, program or folder.</summary>
    NotFound,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The Node is paused.</summary>
    Paused,

    /// <summary>The device's queue is full; <c>detail.retryAfterMs</c> says when to try again.</summary>
    Busy,

    /// <summary>The message or its result is larger than the wire allows.</summary>
    TooLarge,

    /// <summary>It was tried and failed, or the Node has a fault; the message says what happened.</summary>
    Internal,
}
