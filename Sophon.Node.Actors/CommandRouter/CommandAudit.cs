using Sophon.Node.Actors.Audit;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>Writes a command's start and end into the audit: sizes and hashes, never what was typed, copied or passed.</summary>
public sealed class CommandAudit(IAuditLog audit)
{
    readonly Dictionary<string, (string Command, bool Started)> open = [];

    /// <summary>An earlier life of the process has left commands open: their ends were never recorded.</summary>
    public void Recovered(int interrupted)
    {
        if (interrupted > 0) audit.Record(new AuditEntry("commandsInterrupted") { Count = interrupted, Status = "unknown" });
    }

    /// <summary>So that a refusal can name what was refused.</summary>
    public void Received(CommandRequest request) => open[request.CommandId] = (ValueShown(request.Type), false);

    public void Asked(AdmittedCommand command) =>
        audit.Record(Of("consentAsked", command) with { Program = command.Program?.FullPath, Sha256 = command.Program?.Digest() });

    public void Answered(AdmittedCommand command, string outcome, string? why) =>
        audit.Record(Of("consentAnswered", command) with { Status = outcome, Sha256 = command.Program?.Digest(), By = "dialog", Detail = why });

    /// <summary>Has to succeed before the command may run.</summary>
    /// <returns>What to answer when the start can't be recorded; null when it is.</returns>
    public CommandError? Start(AdmittedCommand command)
    {
        try
        {
            audit.Append(Of("commandStarted", command) with
            {
                Program = command.Program?.FullPath,
                Sha256 = command.Program?.Digest(),
                ParameterBytes = command.ParameterBytes,
            });
            open[command.CommandId] = (command.Definition.Name, true);
            return null;
        }
        catch (AuditUnavailableException error)
        {
            return new CommandError(ErrorCode.Internal, $"It did not run, since its start can't be recorded: {error.Message}");
        }
    }

    public void End(CommandResult result)
    {
        open.Remove(result.CommandId, out var known);
        var ran = known.Started || result.Status == CommandStatus.Unknown;
        audit.Record(new AuditEntry(ran ? "commandEnded" : "commandNotRun")
        {
            CommandId = result.CommandId,
            Command = known.Command,
            Status = NameOf(result.Status.ToString()),
            Code = result.Error is { } error ? NameOf(error.Code.ToString()) : null,
            DurationMs = ran ? result.DurationMs : null,
            ResultBytes = result.Result is null ? null : CommandLedger.ResultBytes(result),
        });
    }

    static AuditEntry Of(string happened, AdmittedCommand command) => new(happened) { CommandId = command.CommandId, Command = command.Definition.Name };

    static string ValueShown(string type) => Policy.ShownText.Short(type);

    static string NameOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
