using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.X11.Tools;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools;

/// <summary>Text into real programs, on several layouts. SOPHON_TYPING_RUNS makes the loops longer.</summary>
[Trait("kind", "real")]
[SupportedOSPlatform("linux")]
public sealed class TypingSpecs : IAsyncLifetime
{
    /// <summary>The issue's own line; <c>\n</c> in it is a backslash and an n.</summary>
    const string Line = "Grüße, 世界 €😀 \"quotes\" $HOME \\n";

    const string DeadKeysAndAltGr = "^ ` ´ ~ @ { [ ] } \\ | µ ² ß § ° ÄÖÜ äöü ẞ «»";

    const string Ready = "ready";
    const string Keyboard = "Virtual core XTEST keyboard";

    static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("SOPHON_TYPING_RUNS"), out var runs) ? runs : 3;

    readonly CancellationTokenSource deadline = new(TimeSpan.FromMinutes(9));
    XvfbServer server = null!;
    X11ToolsDesktop desktop = null!;

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync(windowManager: true);
        desktop = new X11ToolsDesktop(server.Environment);
    }

    public async ValueTask DisposeAsync()
    {
        await desktop.DisposeAsync();
        await server.DisposeAsync();
        deadline.Dispose();
    }

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    [InlineData("us,ru")]
    [InlineData("fr")]
    public async Task Text_should_arrive_in_a_terminal_letter_for_letter(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        await using var terminal = await TypingWitness.StartAsync(server);
        const string text = $"{Line}\n{DeadKeysAndAltGr}\n\tПривет, мир, end\n";

        for (var run = 0; run < Runs; run++)
        {
            terminal.Clear();
            await desktop.Keyboard.TypeAsync(text, deadline.Token);
            Assert.Equal(text, await terminal.ReadAsync(text));
        }
    }

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    public async Task Text_should_arrive_in_a_dialog_letter_for_letter(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        for (var run = 0; run < Runs; run++)
        {
            var zenity = server.StartClient("zenity", "--entry", "--title", "entry");
            await WaitForFocusAsync(zenity);
            await desktop.Keyboard.TypeAsync($"{Line} {DeadKeysAndAltGr}\n", deadline.Token);
            await zenity.WaitForExitAsync();
            Assert.Equal($"{Line} {DeadKeysAndAltGr}\n", zenity.StandardOutput);
        }
    }

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    public async Task Text_should_arrive_in_an_editor_letter_for_letter(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        const string text = $"{Line}\n\t{DeadKeysAndAltGr}\nend";
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new TestFolder();
            var file = folder.File("text.txt");
            await File.WriteAllTextAsync(file, "");
            await using var editor = server.StartClient("mousepad", "--disable-server", file);
            await WaitForFocusAsync(editor, "text.txt");
            await ProveReadyAsync(file);

            await PressAsync("ctrl+a");
            await desktop.Keyboard.TypeAsync(text, deadline.Token);
            await PressAsync("ctrl+s");

            await Eventually.TrueAsync(() => File.ReadAllText(file).Length > Ready.Length + 1, "the editor saves");
            Assert.Equal(text, (await File.ReadAllTextAsync(file)).TrimEnd('\n'));
        }
    }

    [Fact]
    public async Task More_strange_characters_than_spare_keys_should_arrive()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        var text = string.Concat(Enumerable.Range(0x4e00, 70).Select(c => (char)c)) + " plain " + string.Concat(Enumerable.Range(0x4e00, 70).Select(c => (char)c));

        await desktop.Keyboard.TypeAsync(text, deadline.Token);

        Assert.Equal(text, await terminal.ReadAsync(text));
    }

    [Fact]
    public async Task Long_text_should_arrive()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => $"line {i} with Üß€ and the quick brown fox jumps over it\n"));

        await desktop.Keyboard.TypeAsync(text, deadline.Token);

        Assert.Equal(text, await terminal.ReadAsync(text));
    }

    [Fact]
    public async Task Shift_held_by_a_person_should_not_change_the_text()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        await server.RunAsync("xdotool", "keydown", "Shift_L", "keydown", "Control_L");

        await desktop.Keyboard.TypeAsync("lower 1 世", deadline.Token);

        Assert.Equal("lower 1 世", await terminal.ReadAsync("lower 1 世"));
        Assert.DoesNotContain("=down", await KeyStateAsync());
    }

    [Fact]
    public async Task Caps_lock_should_not_change_the_text()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        await server.RunAsync("xdotool", "key", "Caps_Lock");

        await desktop.Keyboard.TypeAsync("Lower ü", deadline.Token);

        Assert.Equal("Lower ü", await terminal.ReadAsync("Lower ü"));
    }

    [Fact]
    public async Task Killed_xdotool_should_be_a_failure_that_leaves_no_key_down()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        var typing = desktop.Keyboard.TypeAsync(new string('A', 20_000), deadline.Token);
        await Eventually.TrueAsync(() => terminal.Text.Length > 3, "typing began");

        HelperKiller.Signal(await HelperKiller.StopWhileHoldingAsync("xdotool", server, Keyboard), HelperKiller.SigKill);

        var failure = await Assert.ThrowsAsync<ActionFailedException>(() => typing);
        Assert.Contains("xdotool was killed by signal 9", failure.Message);
        Assert.DoesNotContain("=down", await KeyStateAsync());
    }

    [Fact]
    public async Task Cancelled_typing_should_leave_no_key_down()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        using var cancel = new CancellationTokenSource();
        var typing = desktop.Keyboard.TypeAsync(new string('A', 20_000), cancel.Token);
        await Eventually.TrueAsync(() => terminal.Text.Length > 3, "typing began");

        await HelperKiller.StopWhileHoldingAsync("xdotool", server, Keyboard);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => typing);
        Assert.DoesNotContain("=down", await KeyStateAsync());
    }

    [Fact]
    public async Task Text_should_not_show_in_the_process_list()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        const string canary = "canary-51b7";
        var typing = desktop.Keyboard.TypeAsync(string.Concat(Enumerable.Repeat(canary, 100)), deadline.Token);
        await Eventually.TrueAsync(() => terminal.Text.Length > 3, "typing began");

        Assert.DoesNotContain(HelperKiller.CommandLines(server.Display), line => line.Contains(canary, StringComparison.Ordinal));
        await typing;
    }

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    public async Task Every_named_key_should_reach_the_client_as_its_keysym(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        var xev = server.StartClient("stdbuf", "-oL", "xev", "-event", "keyboard");
        await WaitForFocusAsync(null);
        var expected = new List<string>();
        foreach (var name in KeyNames.Named.Order(StringComparer.Ordinal))
        {
            expected.Add(Keysym.OfName(name).ToString());
            await PressAsync(name);
        }

        await Eventually.TrueAsync(() => Pressed(xev.Output).Count >= expected.Count, "every key press");
        Assert.Equal(expected, Pressed(xev.Output));
    }

    [Fact]
    public async Task Borrowed_keys_should_be_given_back()
    {
        var before = await server.RunAsync("xmodmap", "-pke");
        await using (var other = new X11ToolsDesktop(server.Environment))
        {
            await other.Keyboard.TypeAsync("世界", deadline.Token);
            Assert.NotEqual(before, await server.RunAsync("xmodmap", "-pke"));
        }

        Assert.Equal(before, await server.RunAsync("xmodmap", "-pke"));
    }

    static IReadOnlyList<string> Pressed(string xev) =>
        [.. xev.Split("KeyPress event")[1..].Select(e => e.Split("(keysym ") is [_, var rest, ..] ? rest.Split(',')[0] : "")];

    async Task PressAsync(string hotkey)
    {
        Assert.True(KeyChord.TryParseHotkey(KeyChord.Split(hotkey), out var chord, out var error), error);
        await desktop.Keyboard.PressAsync(chord, deadline.Token);
    }

    Task<string> KeyStateAsync() => server.RunAsync("xinput", "query-state", Keyboard);

    // The editor's window is there before the file is in it, and keys that come in between are lost.
    async Task ProveReadyAsync(string file)
    {
        while (!(await File.ReadAllTextAsync(file)).StartsWith(Ready, StringComparison.Ordinal))
        {
            await PressAsync("ctrl+a");
            await desktop.Keyboard.TypeAsync(Ready, deadline.Token);
            await PressAsync("ctrl+s");
            await Task.Delay(200, deadline.Token);
        }
    }

    Task WaitForFocusAsync(TestProcess? client, string title = "") => Eventually.TrueAsync(
        async () => (await desktop.Windows.ListAsync(deadline.Token)).Any(window =>
            window.Focused && window.Title.Contains(title, StringComparison.Ordinal) && (client is null || window.ProcessId == client.ProcessId)),
        $"the window {title} has the focus");
}
