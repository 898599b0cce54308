using System.Globalization;
using System.Text.RegularExpressions;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>wev, a window that prints every event of the pointer; the only window, so it fills its monitor.</summary>
public sealed partial class WevWitness
{
    readonly TestProcess wev;
    int read;

    WevWitness(TestProcess wev) => this.wev = wev;

    public static async Task<WevWitness> StartAsync(SwayServer sway)
    {
        var witness = new WevWitness(sway.StartClient("stdbuf", "-oL", "wev"));
        await Eventually.TrueAsync(async () => await sway.FocusedTitleAsync() == "wev", "wev has the focus");
        // The size that it drew comes one configure after the window appeared.
        await witness.wev.WaitForOutputAsync("activated");
        return witness;
    }

    /// <summary>A wev that runs somewhere else.</summary>
    public static async Task<WevWitness> WatchAsync(TestProcess wev)
    {
        await wev.WaitForOutputAsync("xdg_toplevel");
        return new WevWitness(wev);
    }

    /// <summary>What its key presses mean as text.</summary>
    public string Typed => string.Concat(Utf8().Matches(wev.Output).Select(match => Regex.Unescape(match.Groups["text"].Value)));

    /// <summary>Waits until exactly these events came, in this order, since the last call; an "enter" counts as motion.</summary>
    public async Task SeesAsync(params string[] expected)
    {
        var seen = new List<string>();
        try
        {
            await Eventually.TrueAsync(() =>
            {
                seen = Events(read, out var end);
                if (!Compressed(seen).SequenceEqual(expected)) return false;
                read = end;
                return true;
            }, string.Join(", ", expected), TimeSpan.FromSeconds(8));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; seen: {string.Join(", ", seen)}\n{wev.Output[read..]}");
        }
    }

    /// <summary>Waits until the pointer is on a pixel of the window, which is <paramref name="scale"/> pixels a unit.</summary>
    public async Task IsAtAsync(int x, int y, double scale)
    {
        (int, int)? seen = null;
        try
        {
            await Eventually.TrueAsync(() =>
            {
                if (Position().Matches(wev.Output).LastOrDefault() is { } match)
                    seen = ((int)Math.Floor(Number(match.Groups["x"]) * scale), (int)Math.Floor(Number(match.Groups["y"]) * scale));
                return seen == (x, y);
            }, $"the pointer at pixel {x},{y}", TimeSpan.FromSeconds(8));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; seen: {seen}");
        }
    }

    // The pointer may enter at its old place before it moves: of motions in a row only the last counts.
    static IEnumerable<string> Compressed(List<string> events) =>
        events.Where((text, index) => !text.StartsWith("motion", StringComparison.Ordinal)
            || index + 1 == events.Count || !events[index + 1].StartsWith("motion", StringComparison.Ordinal));

    /// <summary>Every press since the start, each wheel step one, and where the pointer was.</summary>
    public IReadOnlyList<(string Button, ScreenPoint Point)> Presses
    {
        get
        {
            var presses = new List<(string, ScreenPoint)>();
            ScreenPoint at = default;
            foreach (var words in Events(0, out _).Select(text => text.Split(' ')))
            {
                if (words[0] == "motion") at = new ScreenPoint(Whole(words[1].Split(',')[0]), Whole(words[1].Split(',')[1]));
                else if (words[0] == "press") presses.Add((words[1], at));
                else if (words[0] == "wheel") presses.AddRange(Enumerable.Repeat((Direction(words[1], Whole(words[2])), at), Math.Abs(Whole(words[2]))));
            }

            return presses;
        }
    }

    static string Direction(string axis, int steps) => (axis, steps > 0) switch
    {
        ("vertical", true) => "wheel down",
        ("vertical", false) => "wheel up",
        (_, true) => "wheel right",
        _ => "wheel left",
    };

    static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    List<string> Events(int from, out int end)
    {
        var output = wev.Output;
        end = output.LastIndexOf('\n') + 1;
        var events = new List<string>();
        foreach (var line in output[Math.Min(from, end)..end].Split('\n'))
        {
            if (Position().Match(line) is { Success: true } motion) events.Add($"motion {Number(motion.Groups["x"])},{Number(motion.Groups["y"])}");
            else if (Button().Match(line) is { Success: true } button) events.Add($"{(button.Groups["state"].Value == "1" ? "press" : "release")} {button.Groups["name"].Value}");
            else if (Wheel().Match(line) is { Success: true } wheel) events.Add($"wheel {wheel.Groups["axis"].Value} {wheel.Groups["steps"].Value}");
        }

        return events;
    }

    static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"wl_pointer\] (enter|motion): .*x, y: (?<x>-?[\d.]+), (?<y>-?[\d.]+)")]
    private static partial Regex Position();

    [GeneratedRegex(@"wl_pointer\] button: .*\((?<name>\w+)\), state: (?<state>\d)")]
    private static partial Regex Button();

    // The line after a press; a release has no text.
    [GeneratedRegex(@"sym: .*utf8: '(?<text>[^']+)'")]
    private static partial Regex Utf8();

    // wev 1.0 prints the discrete axis under the name of axis_stop.
    [GeneratedRegex(@"wl_pointer\] axis_stop: axis: \d \((?<axis>\w+)\), discrete: (?<steps>-?\d+)")]
    private static partial Regex Wheel();
}
