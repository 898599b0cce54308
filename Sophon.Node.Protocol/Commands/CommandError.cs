using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sophon.Node.Protocol.Commands;

/// <summary>Why a command did not succeed.</summary>
/// <param name="Code">From the closed set.</param>
/// <param name="Message">For a person: names the thing, the place and the cure.</param>
/// <param name="Detail">Facts for a program, e.g. <c>{"parameter": "quality"}</c> or <c>{"retryAfterMs": 500}</c>.</param>
public sealed record CommandError(
    ErrorCode Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Detail = null);
