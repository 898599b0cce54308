using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Platform.Linux.Wayland.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Wlroots;

[Trait("kind", "real")]
public sealed class WlrootsKeyboardSpecs : IAsyncLifetime
{
    SwayServer sway = null!;
    FootWitness witness = null!;
    CompositorSession session = null!;
    WlrootsKeyboard keyboard = null!;

    public async ValueTask InitializeAsync()
    {
        sway = await SwayServer.StartAsync();
        witness = await FootWitness.StartAsync(sway);
        session = new CompositorSession(sway.Environment);
        keyboard = new WlrootsKeyboard(session, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        keyboard.Dispose();
        session.Dispose();
        await witness.DisposeAsync();
        await sway.DisposeAsync();
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Typing_should_arrive_letter_for_letter_from_the_first_key_on()
    {
        const string text = "Hello wörld € Ж 日本 😀\tTab, \"quotes\" \\ $HOME `x` ~ñ\nCaps: ABC abc {}[]<>|";

        await keyboard.TypeAsync(text, Token);

        Assert.Equal(text, await witness.ReadAsync(text));
    }

    [Fact]
    public async Task Typing_should_carry_more_different_characters_than_a_keymap_holds()
    {
        var text = string.Concat(Enumerable.Range(0x4e00, Keymap.Capacity * 2 + 10).Select(code => (char)code));

        await keyboard.TypeAsync(text, Token);

        Assert.Equal(text, await witness.ReadAsync(text));
    }

    [Fact]
    public async Task Typing_should_carry_a_long_text()
    {
        var text = string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. Größe 5 €\n", 40));

        await keyboard.TypeAsync(text, Token);

        Assert.Equal(text, await witness.ReadAsync(text));
    }

    [Theory]
    [InlineData("ctrl+c", "\u0003")]
    [InlineData("ctrl+shift+left", "\u001b[1;6D")]
    [InlineData("alt+x", "\u001bx")]
    [InlineData("alt+ü", "\u001bü")]
    [InlineData("shift+ä", "Ä")]
    [InlineData("shift+tab", "\u001b[Z")]
    [InlineData("alt++", "\u001b+")]
    [InlineData("f5", "\u001b[15~")]
    [InlineData("pagedown", "\u001b[6~")]
    [InlineData("delete", "\u001b[3~")]
    [InlineData("ctrl+left", "\u001b[1;5D")]
    [InlineData("escape", "\u001b")]
    public async Task Chord_should_reach_the_program(string keys, string expected)
    {
        Assert.True(KeyChord.TryParseHotkey(KeyChord.Split(keys), out var chord, out _));

        await keyboard.PressAsync(chord, Token);

        Assert.Equal(expected, await witness.ReadAsync(expected));
    }
}
