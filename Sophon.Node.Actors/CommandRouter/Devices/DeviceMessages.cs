using System.Text.Json;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary>Between the router and its device actors.</summary>
public static class DeviceMessages
{
    public sealed record Run(AdmittedCommand Command);

    /// <summary>End the running command. Ignored for another one.</summary>
    /// <param name="Error">What it is answered with, unless it succeeds all the same.</param>
    public sealed record Abort(string CommandId, CommandError Error);

    /// <summary>To the router: a piece of live output.</summary>
    public sealed record OutputProduced(string CommandId, int Sequence, bool IsError, string Text);

    /// <summary>To the router: exactly one per <see cref="Run"/>.</summary>
    /// <param name="Answer">With success.</param>
    /// <param name="Error">Without.</param>
    /// <param name="StartedAt">Wall clock.</param>
    public sealed record Ended(AdmittedCommand Command, DeviceAnswer? Answer, CommandError? Error, DateTimeOffset StartedAt, TimeSpan Duration);
}

/// <summary>What a command answers.</summary>
/// <param name="Json">An object.</param>
/// <param name="Image">Its <c>image</c>, which is not in the JSON: a JPEG file. Null when it has none.</param>
public sealed record DeviceAnswer(JsonElement Json, ReadOnlyMemory<byte>? Image = null)
{
    public static implicit operator DeviceAnswer(JsonElement json) => new(json);
}
