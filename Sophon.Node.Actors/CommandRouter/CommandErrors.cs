using System.Text.Json;
using Sophon.Node.Actors.CommandRouter.Consent;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Json;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>Exceptions of the ports, and the router's own refusals, as errors of the closed set.</summary>
static class CommandErrors
{
    /// <param name="sensitive">The message of an exception that nobody foresaw could hold what was typed or copied: keep it out.</param>
    public static CommandError From(Exception exception, bool sensitive) => exception switch
    {
        ToolMissingException missing => new(ErrorCode.ToolMissing, missing.Message, Detail(("tool", missing.Tool), ("install", missing.InstallCommand))),
        DisplayUnavailableException => new(ErrorCode.DisplayUnavailable, exception.Message),
        UnsupportedException => new(ErrorCode.Unsupported, exception.Message),
        NotFoundException => new(ErrorCode.NotFound, exception.Message),
        InvalidInputException => new(ErrorCode.InvalidArgument, exception.Message),
        PlatformException => new(ErrorCode.Internal, exception.Message),
        _ when sensitive => new(ErrorCode.Internal, $"An unexpected {exception.GetType().Name}; the Node's log has more."),
        _ => new(ErrorCode.Internal, $"An unexpected {exception.GetType().Name}: {exception.Message}"),
    };

    public static CommandError TimedOut(AdmittedCommand command, bool started) => new(
        ErrorCode.TimedOut,
        started
            ? $"{command.Definition.Name} did not end within {command.Timeout.TotalSeconds:0} s; what it had started was ended."
            : $"{command.Definition.Name} waited {command.Timeout.TotalSeconds:0} s behind other commands and did not run.");

    public static CommandError Cancelled(string reason, bool started) =>
        new(ErrorCode.Cancelled, started ? $"{reason} What it had started was ended." : $"{reason} It did not run.");

    public static CommandError Busy(Device device, int limit) => new(
        ErrorCode.Busy,
        $"{limit} commands are waiting for the device {device.ToString().ToLowerInvariant()} already.",
        JsonSerializer.SerializeToElement(new Dictionary<string, int> { ["retryAfterMs"] = 500 }, ProtocolJson.Default.DictionaryStringInt32));

    public static CommandError BusyAsking(int limit) => new(
        ErrorCode.Busy,
        $"{limit} commands wait for the person's consent already.",
        JsonSerializer.SerializeToElement(new Dictionary<string, int> { ["retryAfterMs"] = 5_000 }, ProtocolJson.Default.DictionaryStringInt32));

    public static CommandError NoConsent(AdmittedCommand command, ConsentMessages.Answered answered, TimeSpan answerWithin)
    {
        var why = answered.Outcome switch
        {
            ConsentOutcome.Denied => "the person at the desktop said no",
            ConsentOutcome.TimedOut => $"the person at the desktop did not answer within {answerWithin.TotalSeconds:0} s",
            ConsentOutcome.Withdrawn => "the question was taken back",
            _ => $"nobody can be asked here: {answered.Why?.TrimEnd('.')}",
        };
        return new(ErrorCode.Denied, $"{command.Definition.Name} needs consent ({command.AskBecause?.Rule}), and {why}. It did not run. To allow it without a question: policy.conf (programs), or sophon-node grant system.execute --for 10m");
    }

    public static CommandError TooLarge(long bytes, int limit) => new(
        ErrorCode.TooLarge, $"It ended well, but its answer has {bytes / 1048576.0:0.0} MiB, and the wire takes {limit / 1048576}. Ask for less: a lower quality, maxWidth or a region.");

    static JsonElement Detail(params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var map = new Dictionary<string, string>();
        foreach (var (name, value) in facts) map[name] = value;
        return JsonSerializer.SerializeToElement(map, ProtocolJson.Default.DictionaryStringString);
    }
}
