using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>The answers that the ledger gives by itself, when something died or did not fit.</summary>
static class LedgerAnswers
{
    /// <summary>
    /// Also for a command that had not begun as far as the journal tells: that its beginning was never written and that
    /// what was written last got lost look the same.
    /// </summary>
    public static CommandResult Unknown(string id, string type, bool started, DateTimeOffset at) => new(
        id, NodeId: "", CommandStatus.Unknown, null,
        new CommandError(ErrorCode.Internal, started
            ? $"The Node's process ended while {NameOf(type)} ran: it may have been carried out, wholly or in part. It is not run again."
            : $"The Node's process ended while it had {NameOf(type)}, which had not begun as far as its journal tells. It is not run again."),
        at, 0);

    /// <summary>The Gateway has the result, and this Node's record of it is damaged.</summary>
    public static CommandResult LostButStored(string id, DateTimeOffset at) => new(
        id, NodeId: "", CommandStatus.Unknown, null,
        new CommandError(ErrorCode.Internal, "The Gateway has stored how it ended; this Node's own record of it is damaged."), at, 0);

    public static CommandResult Withheld(CommandResult result) => result with
    {
        Error = new CommandError(ErrorCode.Internal, "It ended as its status says; its answer went with the Node's process, since it was too large for the journal or held what a person typed or copied."),
    };

    public static CommandResult Dropped(CommandResult result) => result with
    {
        Error = new CommandError(ErrorCode.TooLarge, "It ended as its status says; its answer was dropped, since too many results waited for the Gateway."),
    };

    public static CommandError NotJournalled(string name, string trouble) =>
        new(ErrorCode.Internal, $"{name} did not run: it could not be written down first. {trouble}");

    static string NameOf(string type) => type.Length > 0 ? type : "the command";
}
