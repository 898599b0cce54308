namespace Sophon.Node.Protocol.Commands;

/// <summary>Where a command stands. They travel in lower camel case.</summary>
public enum CommandStatus
{
    /// <summary>Not final: the Gateway has it, the Node not yet.</summary>
    Queued,

    /// <summary>Not final: a person has to approve it at the Gateway.</summary>
    AwaitingApproval,

    /// <summary>Not final: sent to the Node.</summary>
    Running,

    /// <summary>The OS or the helper confirmed it.</summary>
    Succeeded,

    /// <summary>It was tried, or could not be tried; see the error.</summary>
    Failed,

    /// <summary>A scope, a policy or a person forbade it. It did not run.</summary>
    Denied,

    /// <summary>Its deadline passed; what it had started was ended.</summary>
    TimedOut,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The Node died while it ran: nobody can tell what happened.</summary>
    Unknown,
}

/// <summary>Facts about <see cref="CommandStatus"/>.</summary>
public static class CommandStatuses
{
    public static bool IsFinal(this CommandStatus status) => status >= CommandStatus.Succeeded;

    /// <summary>The status that an error of this code ends a command with.</summary>
    public static CommandStatus For(ErrorCode code) => code switch
    {
        ErrorCode.Denied or ErrorCode.ApprovalRejected => CommandStatus.Denied,
        ErrorCode.TimedOut => CommandStatus.TimedOut,
        ErrorCode.Cancelled => CommandStatus.Cancelled,
        _ => CommandStatus.Failed,
    };
}
