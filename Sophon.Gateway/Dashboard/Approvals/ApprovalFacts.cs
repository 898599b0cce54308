using System.Text.Json;
using Sophon.Gateway.Approvals;

namespace Sophon.Gateway.Dashboard.Approvals;

/// <summary>Everything that a command which waits for a person would do, as text that can't pretend to be another.</summary>
/// <param name="Environment">Null removes the variable.</param>
/// <param name="Others">What the panel has no place of its own for: nothing of it is left out.</param>
public sealed record ApprovalFacts(
    string? Program, IReadOnlyList<string> Arguments, string? Folder, IReadOnlyList<(string Name, string? Value)> Environment, string? Input,
    IReadOnlyList<(string Name, string Value)> Others)
{
    public static ApprovalFacts Of(JsonElement parameters)
    {
        string? program = null, folder = null, input = null;
        List<string> arguments = [];
        List<(string, string?)> environment = [];
        List<(string, string)> others = [];
        foreach (var (name, value) in parameters.EnumerateObject().Select(property => (property.Name, property.Value)))
        {
            switch (name, value.ValueKind)
            {
                case (_, JsonValueKind.Null):
                    break;
                case ("command" or "path", JsonValueKind.String):
                    program = Shown(value);
                    break;
                case ("workingDirectory", JsonValueKind.String):
                    folder = Shown(value);
                    break;
                case ("stdin", JsonValueKind.String):
                    input = string.Join('\n', value.GetString()!.Split('\n').Select(ShownText.Of));
                    break;
                case ("args", JsonValueKind.Array):
                    arguments.AddRange(value.EnumerateArray().Select(Shown));
                    break;
                case ("env", JsonValueKind.Object):
                    environment.AddRange(value.EnumerateObject().Select(variable =>
                        (ShownText.Of(variable.Name), variable.Value.ValueKind == JsonValueKind.Null ? null : Shown(variable.Value))));
                    break;
                default:
                    others.Add((ShownText.Of(name), Shown(value)));
                    break;
            }
        }

        return new ApprovalFacts(program, arguments, folder, environment, input, others);
    }

    static string Shown(JsonElement value) => ShownText.Of(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
}
