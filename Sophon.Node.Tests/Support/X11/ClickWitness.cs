using System.Globalization;
using System.Text.RegularExpressions;

namespace Sophon.Node.Tests.Support.X11;

/// <summary>Sees the button events of the whole screen as an X client does: <c>xinput test-xi2 --root</c>. Needs a screen without windows and window manager, which would take them.</summary>
public sealed partial class ClickWitness : IAsyncDisposable
{
    readonly TestProcess xinput;

    ClickWitness(TestProcess xinput) => this.xinput = xinput;

    public sealed record ButtonEvent(bool Pressed, int Button, int X, int Y);

    public IReadOnlyList<ButtonEvent> Events =>
        [.. Pattern().Matches(xinput.Output).Select(match => new ButtonEvent(
            match.Groups["kind"].Value == "ButtonPress",
            int.Parse(match.Groups["button"].Value, CultureInfo.InvariantCulture),
            (int)double.Parse(match.Groups["x"].Value, CultureInfo.InvariantCulture),
            (int)double.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture)))];

    public static async Task<ClickWitness> StartAsync(XvfbServer server)
    {
        // stdbuf: into a pipe xinput would print only once its buffer is full.
        var xinput = server.StartClient("stdbuf", "-oL", "xinput", "test-xi2", "--root");
        await Eventually.TrueAsync(
            async () =>
            {
                await server.RunAsync("xdotool", "mousemove_relative", "1", "1", "mousemove_relative", "--", "-1", "-1");
                return xinput.Output.Contains("(Motion)", StringComparison.Ordinal);
            },
            "xinput sees the pointer move");
        return new ClickWitness(xinput);
    }

    public async Task<IReadOnlyList<ButtonEvent>> WaitForAsync(int count)
    {
        await Eventually.TrueAsync(() => Events.Count >= count, $"{count} button events");
        return Events;
    }

    public ValueTask DisposeAsync() => xinput.DisposeAsync();

    // Device 2 is the core pointer; the same event of its slave device is printed as well. "flags" has no value on buttons.
    [GeneratedRegex(@"EVENT type \d+ \((?<kind>ButtonPress|ButtonRelease)\)\s+device: 2 \(\d+\)\s+(?:time: .*\s+)?detail: (?<button>\d+)\s+flags:.*\s+root: (?<x>[\d.]+)/(?<y>[\d.]+)")]
    private static partial Regex Pattern();
}
