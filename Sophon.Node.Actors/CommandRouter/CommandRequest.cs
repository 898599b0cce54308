using System.Runtime.InteropServices;
using System.Text.Json;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>The envelope of an <c>ExecuteCommand</c>, read field by field so that every well-formed JSON gets a typed answer.</summary>
/// <param name="CommandId">Empty when the message had none that could be used.</param>
/// <param name="Error">What is wrong with the envelope; null when nothing is.</param>
public sealed record CommandRequest(string CommandId, string Type, JsonElement Parameters, TimeSpan Timeout, CommandError? Error)
{
    /// <summary>UTF-8 bytes of the parameters as they came.</summary>
    public long ParameterBytes => Parameters.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(Parameters).Length;

    public static CommandRequest Read(JsonElement command)
    {
        if (command.ValueKind != JsonValueKind.Object) return Wrong("", "the command is no JSON object");
        if (Text(command, "commandId") is not { Length: > 0 and <= WireLimits.MaxCommandIdLength } id)
            return Wrong("", $"commandId is missing or no string of 1 to {WireLimits.MaxCommandIdLength} characters");
        if (Text(command, "type") is not { } type) return Wrong(id, "type is missing or no string; it takes a command's name");
        if (!TryReadTimeout(command, out var seconds))
            return Wrong(id, $"timeoutSeconds is out of range; it takes a whole number, 1 to {WireLimits.MaxTimeoutSeconds}");

        command.TryGetProperty("parameters", out var parameters);
        return new(id, type, parameters, TimeSpan.FromSeconds(seconds), null);
    }

    static bool TryReadTimeout(JsonElement command, out int seconds)
    {
        seconds = WireLimits.DefaultTimeoutSeconds;
        if (!command.TryGetProperty("timeoutSeconds", out var json) || json.ValueKind == JsonValueKind.Null) return true;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out seconds) && seconds is >= 1 and <= WireLimits.MaxTimeoutSeconds;
    }

    static string? Text(JsonElement command, string name)
    {
        if (!command.TryGetProperty(name, out var json) || json.ValueKind != JsonValueKind.String) return null;
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: JSON can spell it, UTF-8 can't.
            return null;
        }
    }

    static CommandRequest Wrong(string id, string message) =>
        new(id, "", default, TimeSpan.Zero, new CommandError(ErrorCode.InvalidArgument, message));
}
