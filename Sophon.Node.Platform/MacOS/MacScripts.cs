using System.Collections.Frozen;
using System.Text.Json;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>Runs this folder's scripts (JavaScript for Automation) by osascript.</summary>
sealed class MacScripts(HelperRunner runner)
{
    const string Prelude = "prelude", WindowServer = "window-server";

    static readonly FrozenDictionary<string, string[]> Needs = new Dictionary<string, string[]>
    {
        ["windows-list"] = [WindowServer],
        ["window-act"] = [WindowServer],
    }.ToFrozenDictionary();

    /// <param name="name">The script's file name.</param>
    /// <param name="input">Goes to its standard input as JSON.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="UnsupportedException">macOS has not allowed it; the message says where to.</exception>
    /// <exception cref="NotFoundException">What it should act on is not there.</exception>
    public async Task<T> RunAsync<T>(string name, object input, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync("osascript", ["-l", "JavaScript", "-e", Source(name)], JsonSerializer.SerializeToUtf8Bytes(input, JsonSerializerOptions.Web), cancellationToken);
        Answer<T>? answer;
        try
        {
            answer = JsonSerializer.Deserialize<Answer<T>>(result.Output, JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            throw new ActionFailedException($"osascript ({name}) answered something else than JSON: {result.Text.Trim()}", exception);
        }

        return answer switch
        {
            { Error: { } error } => throw Failure(error),
            { Value: { } value } => value,
            _ => throw new ActionFailedException($"osascript ({name}) answered nothing."),
        };
    }

    /// <summary>A script that answers nothing.</summary>
    public async Task RunAsync(string name, object input, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync("osascript", ["-l", "JavaScript", "-e", Source(name)], JsonSerializer.SerializeToUtf8Bytes(input, JsonSerializerOptions.Web), cancellationToken);
        if (JsonSerializer.Deserialize<Answer<object>>(result.Output, JsonSerializerOptions.Web)?.Error is { } error) throw Failure(error);
    }

    /// <summary>The script with what it needs before it; its first line names it, for whoever looks at the process list.</summary>
    internal static string Source(string name) =>
        $"// {name}.js\n" + string.Join('\n', new[] { Prelude }.Concat(Needs.GetValueOrDefault(name, [])).Append(name).Select(Read));

    static string Read(string name)
    {
        using var stream = typeof(MacScripts).Assembly.GetManifestResourceStream($"macos/{name}.js")
            ?? throw new InvalidOperationException($"The script {name}.js is not in this program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static PlatformException Failure(ScriptError error) => error.Kind switch
    {
        "notFound" => new NotFoundException(error.Message),
        "accessibility" => MacPermissions.Accessibility,
        "automation" => MacPermissions.Automation,
        _ => new ActionFailedException(error.Message),
    };

    sealed record Answer<T>(T? Value, ScriptError? Error);

    sealed record ScriptError(string Kind, string Message);
}
