using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Native;

[Trait("kind", "real")]
public class NativeKeyboardSpecs(NativeFixture fixture) : IClassFixture<NativeFixture>
{
    const string Awkward = "Grüße, 世界 €😀 \"quotes\" $HOME \\n Привет Ёж ąćę {[]}~^`´@µ|<>\tTab";
    const byte LeftShift = 50, LeftControl = 37, CapsLock = 66;

    readonly XvfbServer server = fixture.Server;
    readonly NativeKeyboard keyboard = new(fixture.Display);

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    [InlineData("ru")]
    [InlineData("us,de,ru")]
    [InlineData("fr")]
    public async Task Text_should_arrive_letter_for_letter_in_a_terminal(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        await using var terminal = await TypingWitness.StartAsync(server);

        for (var round = 0; round < 5; round++)
        {
            var text = $"{round} {Awkward} {string.Concat(Enumerable.Range(0, 20).Select(i => (char)(0x4e00 + i * 7 + round * 200)))}";
            terminal.Clear();
            await keyboard.TypeAsync(text, CancellationToken.None);
            Assert.Equal(text, await terminal.ReadAsync(text));
        }
    }

    [Theory]
    [InlineData("us")]
    [InlineData("de")]
    [InlineData("ru")]
    public async Task Text_should_arrive_letter_for_letter_in_a_GTK_program(string layout)
    {
        await server.RunAsync("setxkbmap", layout);
        await using var entry = server.StartClient("zenity", "--entry", "--title", $"entry-{layout}");
        await FocusedAsync($"entry-{layout}");
        var text = Awkward.Replace("\tTab", "", StringComparison.Ordinal);
        // Far more characters than keys: the client is asked whether it has read the first ones.
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => (char)(0x4e00 + i * 11)));

        await keyboard.TypeAsync(text + many, CancellationToken.None);
        await keyboard.PressAsync(Chord("enter"), CancellationToken.None);

        await entry.WaitForExitAsync();
        Assert.Equal(text + many, entry.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task A_character_of_another_layout_should_leave_the_chosen_layout_chosen()
    {
        await server.RunAsync("setxkbmap", "us,de,ru");
        var session = await fixture.SessionAsync();
        await session.Connection.SendAsync([new XkbLock(0, 0, 2)]);
        await using var terminal = await TypingWitness.StartAsync(server);

        await keyboard.TypeAsync("ф a ö", CancellationToken.None);

        Assert.Equal("ф a ö", await terminal.ReadAsync("ф a ö"));
        Assert.Equal(2, (await session.Connection.RequestAsync(new XkbGetState())).Group);
        await session.Connection.SendAsync([new XkbLock(0, 0, 0)]);
    }

    [Fact]
    public async Task Caps_Lock_and_a_held_Shift_should_not_change_the_text_and_be_as_before_after_it()
    {
        await server.RunAsync("setxkbmap", "us");
        var session = await fixture.SessionAsync();
        await using var terminal = await TypingWitness.StartAsync(server);
        await session.Connection.SendAsync([FakeInput.Key(CapsLock, true), FakeInput.Key(CapsLock, false), FakeInput.Key(LeftShift, true)]);
        try
        {
            await keyboard.TypeAsync("aBc ä1ß", CancellationToken.None);

            Assert.Equal("aBc ä1ß", await terminal.ReadAsync("aBc ä1ß"));
            var state = await session.Connection.RequestAsync(new XkbGetState());
            Assert.Equal((1, 2), (state.BaseModifiers, state.LockedModifiers & 2));
        }
        finally
        {
            await session.Connection.SendAsync([FakeInput.Key(LeftShift, false), FakeInput.Key(CapsLock, true), FakeInput.Key(CapsLock, false)]);
        }
    }

    [Fact]
    public async Task A_held_Control_should_not_turn_text_into_commands()
    {
        await server.RunAsync("setxkbmap", "us");
        var session = await fixture.SessionAsync();
        await using var terminal = await TypingWitness.StartAsync(server);
        await session.Connection.SendAsync([FakeInput.Key(LeftControl, true)]);

        await keyboard.TypeAsync("cd", CancellationToken.None);
        var during = (await session.Connection.RequestAsync(new XkbGetState())).BaseModifiers;
        await session.Connection.SendAsync([FakeInput.Key(LeftControl, false)]);

        Assert.Equal("cd", await terminal.ReadAsync("cd"));
        Assert.Equal(4, during);
    }

    [Fact]
    public async Task Borrowed_keys_should_go_back()
    {
        await server.RunAsync("setxkbmap", "us");
        await Eventually.TrueAsync(async () => await SpareAsync() == 18, "the keys of other tests are back");
        var before = await server.RunAsync("xmodmap", "-pke");

        await keyboard.TypeAsync("世界你好吗", CancellationToken.None);
        Assert.Equal(16, await SpareAsync());

        await Eventually.TrueAsync(async () => await server.RunAsync("xmodmap", "-pke") == before, "the map is as before");
        Assert.DoesNotContain("_SOPHON_NODE_KEYS", await server.RunAsync("xprop", "-root"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_a_Node_that_crashed_should_be_taken_back_by_the_next()
    {
        await using var own = await XvfbServer.StartAsync();
        var before = await own.RunAsync("xmodmap", "-pke");
        await using var first = new X11Display(own.Environment);
        await new NativeKeyboard(first).TypeAsync("世界你好吗", CancellationToken.None);
        // As when the process dies: the connection ends, and nothing is put back.
        await (await first.GetSessionAsync(CancellationToken.None)).Connection.DisposeAsync();
        Assert.NotEqual(before, await own.RunAsync("xmodmap", "-pke"));

        await using var second = new X11Display(own.Environment);
        await new NativeKeyboard(second).TypeAsync("a", CancellationToken.None);

        Assert.Equal(before, await own.RunAsync("xmodmap", "-pke"));
    }

    [Fact]
    public async Task A_layout_set_meanwhile_should_be_used_for_the_next_text()
    {
        await using var terminal = await TypingWitness.StartAsync(server);
        foreach (var layout in (string[])["us", "de", "ru", "us"])
        {
            await server.RunAsync("setxkbmap", layout);
            terminal.Clear();
            await keyboard.TypeAsync("zyZY;Ö", CancellationToken.None);
            Assert.Equal("zyZY;Ö", await terminal.ReadAsync("zyZY;Ö"));
        }
    }

    [Fact]
    public async Task A_hotkey_should_work_from_a_layout_without_its_letter()
    {
        await server.RunAsync("setxkbmap", "us,ru");
        var session = await fixture.SessionAsync();
        await session.Connection.SendAsync([new XkbLock(0, 0, 1)]);
        await using var terminal = await TypingWitness.StartAsync(server);

        await keyboard.PressAsync(Chord("ctrl", "c"), CancellationToken.None);
        await keyboard.PressAsync(Chord("ctrl", "shift", "_"), CancellationToken.None);

        Assert.Equal("\u0003\u001f", await terminal.ReadAsync("\u0003\u001f"));
        await session.Connection.SendAsync([new XkbLock(0, 0, 0)]);
    }

    [Fact]
    public async Task Caps_Lock_pressed_should_be_locked()
    {
        await server.RunAsync("setxkbmap", "us");
        var session = await fixture.SessionAsync();

        await keyboard.PressAsync(Chord("capslock"), CancellationToken.None);
        Assert.Equal(2, (await session.Connection.RequestAsync(new XkbGetState())).LockedModifiers & 2);

        await keyboard.PressAsync(Chord("capslock"), CancellationToken.None);
        Assert.Equal(0, (await session.Connection.RequestAsync(new XkbGetState())).LockedModifiers & 2);
    }

    [Fact]
    public async Task Two_texts_at_once_should_not_mix()
    {
        await server.RunAsync("setxkbmap", "us");
        await using var terminal = await TypingWitness.StartAsync(server);
        string first = new('a', 500), second = new('B', 500);

        await Task.WhenAll(keyboard.TypeAsync(first, CancellationToken.None), keyboard.TypeAsync(second, CancellationToken.None));

        var text = await terminal.ReadAsync(first + second);
        Assert.Contains(text, new[] { first + second, second + first });
    }

    async Task<int> SpareAsync() => new Keymap(await (await fixture.SessionAsync()).Connection.RequestAsync(new XkbGetMap())).Spare.Count;

    async Task FocusedAsync(string title)
    {
        var windows = new NativeWindows(fixture.Display);
        WindowInfo? window = null;
        await Eventually.TrueAsync(
            async () => (window = (await windows.ListAsync(CancellationToken.None)).FirstOrDefault(window => window.Title == title)) is not null,
            $"\"{title}\" is there");
        await windows.FocusAsync(window!.Id, CancellationToken.None);
    }

    static KeyChord Chord(params string[] keys) => KeyChord.TryParseHotkey(keys, out var chord, out var error) ? chord : throw new ArgumentException(error);
}
