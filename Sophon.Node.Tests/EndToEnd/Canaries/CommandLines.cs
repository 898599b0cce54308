using System.Collections.Concurrent;
using System.Text;

namespace Sophon.Node.Tests.EndToEnd.Canaries;

/// <summary>Every command line that anybody on the machine could have seen: /proc looked at over and over, and wrappers before each helper that miss none.</summary>
sealed class CommandLines : IAsyncDisposable
{
    static readonly string[] Helpers = ["xdotool", "scrot", "xclip", "wmctrl", "xprop", "xwininfo", "xrandr", "xmodmap", "setxkbmap", "xkbcomp", "notify-send", "zenity"];

    readonly string folder;
    readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stop = new();
    readonly Task looking;

    public CommandLines(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var helper in Helpers) Wrap(helper);
        looking = Task.Run(LookAsync);
    }

    /// <summary>For the Node, so that it finds the wrappers.</summary>
    public string SearchPath => $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";

    public int Helped => File.Exists(Log) ? File.ReadLines(Log).Count() : 0;

    public int Looks { get; private set; }

    string Log => Path.Combine(folder, "calls");

    public byte[] All() => Encoding.UTF8.GetBytes(string.Join('\n', seen.Keys) + (File.Exists(Log) ? File.ReadAllText(Log) : ""));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await looking;
        stop.Dispose();
    }

    void Wrap(string helper)
    {
        var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, helper)).First(File.Exists);
        var wrapper = Path.Combine(folder, helper);
        File.WriteAllText(wrapper, $"""
            #!/bin/bash
            printf '%s\n' "$0 $*" >> '{Log}'
            exec '{real}' "$@"
            """);
        File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    async Task LookAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(name => char.IsAsciiDigit(Path.GetFileName(name)[0])))
            {
                try
                {
                    seen.TryAdd(await File.ReadAllTextAsync(Path.Combine(process, "cmdline")), true);
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It ended meanwhile.
                }
            }

            Looks++;
            await Task.Delay(2);
        }
    }
}
