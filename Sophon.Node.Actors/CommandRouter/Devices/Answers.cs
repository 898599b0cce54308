using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary>The answers as they travel; docs/commands.md describes each.</summary>
static class Answers
{
    public sealed record Nothing;

    public static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new Nothing(), AnswerJson.Default.Nothing);

    public sealed record Rectangle(int X, int Y, int Width, int Height);

    /// <summary>The image travels beside it.</summary>
    public sealed record Capture(
        int SizeBytes, string Format, int Width, int Height, int X, int Y, double Scale, string CaptureId,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Rectangle? Region);

    public sealed record Unchanged([property: JsonPropertyName("unchanged")] bool Is, string CaptureId);

    public sealed record Monitors(int Count, [property: JsonPropertyName("monitors")] IReadOnlyList<Monitor> List);

    public sealed record Monitor(string Id, bool IsPrimary, int X, int Y, int Width, int Height, double ScaleFactor, string Name);

    public sealed record Text([property: JsonPropertyName("text")] string Value);

    public sealed record Launched(int Pid);

    public sealed record Apps([property: JsonPropertyName("apps")] IReadOnlyList<App> List);

    public sealed record App(string Name, int Pid, IReadOnlyList<string> WindowTitles, bool Focused);

    public sealed record Windows([property: JsonPropertyName("windows")] IReadOnlyList<Window> List);

    public sealed record Window(string Id, string Title, string App, int? Pid, int X, int Y, int Width, int Height, bool Focused, bool Minimized);

    public sealed record Processes([property: JsonPropertyName("processes")] IReadOnlyList<Process> List, int Count);

    public sealed record Process(int Pid, string Name, double MemoryMb, double CpuSeconds, DateTimeOffset? StartedAt);

    public sealed record Execution(int ExitCode, string Stdout, string Stderr, bool Truncated);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Answers.Nothing))]
[JsonSerializable(typeof(Answers.Rectangle))]
[JsonSerializable(typeof(Answers.Capture))]
[JsonSerializable(typeof(Answers.Unchanged))]
[JsonSerializable(typeof(Answers.Monitors))]
[JsonSerializable(typeof(Answers.Text))]
[JsonSerializable(typeof(Answers.Launched))]
[JsonSerializable(typeof(Answers.Apps))]
[JsonSerializable(typeof(Answers.Windows))]
[JsonSerializable(typeof(Answers.Processes))]
[JsonSerializable(typeof(Answers.Execution))]
[JsonSerializable(typeof(Platform.Ports.MachineInfo))]
sealed partial class AnswerJson : JsonSerializerContext;
