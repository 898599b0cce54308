using System.Runtime.Versioning;
using System.Text;
using Sophon.Node.Platform.MacOS;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Platform.MacOS;

/// <summary>Stand-ins for the Mac's tools on a PATH of their own: each writes down its arguments and its input, and answers what the test has laid out.</summary>
[SupportedOSPlatform("linux")]
public sealed class FakeMac : IAsyncDisposable
{
    public const string OneMonitor = """{"value":[{"id":"1","name":"Built-in","isPrimary":true,"x":0,"y":0,"width":1440,"height":900,"scale":1}]}""";

    const string Tool = """
        #!/bin/sh
        # Arguments end with a zero byte each; the script's first line names it.
        mac=${0%/*/*} tool=${0##*/}
        key=$tool
        [ "$tool" != osascript ] || key=$(printf '%s' "$4" | sed -n '1s,^// \(.*\)\.js$,\1,p')
        call=$mac/calls/$(ls "$mac/calls" | wc -l)-$key
        mkdir "$call"
        [ $# = 0 ] || printf '%s\0' "$@" > "$call/arguments"
        cat > "$call/input"
        if [ "$tool" = sips ]; then for last; do :; done; cp "$mac/answers/sips" "$last"
        elif [ -f "$mac/answers/$key" ]; then cat "$mac/answers/$key"
        elif [ "$tool" = osascript ]; then echo '{"value":null}'
        fi
        """;

    readonly TestFolder folder = new();

    public FakeMac(params string[] without)
    {
        foreach (var name in new[] { "bin", "calls", "answers" }) Directory.CreateDirectory(folder.File(name));
        foreach (var tool in new[] { "cliclick", "osascript", "screencapture", "sips", "pbcopy", "pbpaste", "open" }.Except(without))
        {
            File.WriteAllText(folder.File($"bin/{tool}"), Tool);
            File.SetUnixFileMode(folder.File($"bin/{tool}"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        Answer("session", """{"value":{"accessibility":true,"screenRecording":true,"hasSession":true,"locked":false}}""");
        Answer("monitors", OneMonitor);
        var runner = new HelperRunner(new Dictionary<string, string?> { ["PATH"] = $"{folder.File("bin")}:/usr/bin:/bin" });
        Desktop = new MacDesktop(runner, TimeProvider.System);
    }

    /// <param name="Tool">The tool, or the script that osascript was given.</param>
    public sealed record Call(string Tool, IReadOnlyList<string> Arguments, string Input);

    public MacDesktop Desktop { get; }

    /// <summary>In order; without the questions for permissions and monitors that precede most.</summary>
    public IReadOnlyList<Call> Calls =>
        [.. AllCalls.Where(call => call.Tool is not ("session" or "monitors"))];

    public IReadOnlyList<Call> AllCalls =>
        [.. Directory.EnumerateDirectories(folder.File("calls")).OrderBy(call => int.Parse(Path.GetFileName(call).Split('-')[0], System.Globalization.CultureInfo.InvariantCulture)).Select(Read)];

    public void Answer(string tool, string text) => Answer(tool, Encoding.UTF8.GetBytes(text));

    public void Answer(string tool, byte[] bytes) => File.WriteAllBytes(folder.File($"answers/{tool}"), bytes);

    public async ValueTask DisposeAsync()
    {
        await Desktop.DisposeAsync();
        folder.Dispose();
    }

    static Call Read(string call)
    {
        var arguments = Path.Combine(call, "arguments");
        return new Call(
            Path.GetFileName(call).Split('-', 2)[1],
            File.Exists(arguments) ? [.. File.ReadAllText(arguments).Split('\0')[..^1]] : [],
            File.ReadAllText(Path.Combine(call, "input")));
    }
}
