namespace Sophon.Gateway.Changes;

/// <summary>What a change is of, and so what its id names.</summary>
public enum Topic
{
    /// <summary>A node's record, connection, heartbeat or number of open commands; the id is the node's.</summary>
    Nodes,

    /// <summary>A command was accepted or is over; the id is the command's.</summary>
    Commands,

    /// <summary>A running command has written something; the id is the command's.</summary>
    Output,

    /// <summary>An approval was asked for, given or has expired; the id is the command's.</summary>
    Approvals,

    /// <summary>A line was added to the audit; the id is the line's.</summary>
    Audit,

    /// <summary>A user, a session or an API token; the id is the user's or the token's.</summary>
    Accounts,
}
