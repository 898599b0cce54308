using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Commands;

/// <summary>What is checked before a command gets in; each failure is a <see cref="ProblemException"/> that names the thing and the cure.</summary>
static partial class CommandChecks
{
    public static CommandDefinition Find(string? type)
    {
        if (string.IsNullOrEmpty(type)) throw Refused(ErrorCode.InvalidArgument, "type is missing; it takes the name of a command, e.g. \"screen.capture\".");
        if (CommandCatalog.Find(type) is { } command) return command;
        var shown = new string([.. type.Where(c => !char.IsControl(c)).Take(60)]);
        var group = type.Split('.')[0];
        var near = CommandCatalog.All.Where(known => known.Name.StartsWith(group + ".", StringComparison.Ordinal)).Select(known => known.Name).ToList();
        throw Refused(ErrorCode.UnknownCommand, $"There is no command \"{shown}\"." + (near.Count > 0 ? $" There are: {string.Join(", ", near)}." : " GET /api/commands lists them."));
    }

    public static int Timeout(int? seconds, CommandDefinition command) => seconds switch
    {
        null => command.DefaultTimeoutSeconds,
        >= 1 and <= WireLimits.MaxTimeoutSeconds => seconds.Value,
        _ => throw new ProblemException(Problem.Invalid("timeoutSeconds", $"timeoutSeconds is {seconds}; it takes a whole number, 1 to {WireLimits.MaxTimeoutSeconds}.")),
    };

    public static string? Id(string? commandId) => commandId is null || IdPattern().IsMatch(commandId)
        ? commandId
        : throw new ProblemException(Problem.Invalid("commandId", $"commandId takes 1 to {WireLimits.MaxCommandIdLength} letters, digits and . _ : -"));

    public static void Parameters(CommandDefinition command, JsonElement parameters)
    {
        if (!ParameterValidator.TryRead(command, parameters, out _, out var error)) throw new ProblemException(Problem.Of(error));
    }

    public static void Scope(CommandDefinition command, NodeRecord node)
    {
        if (Scopes.Grants(node.Scopes.ToFrozenSet(), command.Scope)) return;
        throw new ProblemException(Problem.Of(new CommandError(ErrorCode.Denied,
            $"{command.Name} needs the scope {command.Scope}, which {node.DisplayName} ({node.Id}) does not have. Grant it with: sophon-gateway nodes scopes {node.Id} --add {command.Scope}"))
            with { Detail = new Dictionary<string, object?> { ["scope"] = command.Scope } });
    }

    static ProblemException Refused(ErrorCode code, string message) => new(Problem.Of(new CommandError(code, message)));

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,100}\z")]
    private static partial Regex IdPattern();
}
