using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Session;
using Sophon.Node.Platform.Ports;
using Tmds.DBus.Protocol;

namespace Sophon.Node.Platform.Linux.Wayland.Portal;

/// <summary>
/// The keyboard through the desktop's portal. Mutter drops a keysym that the person's layout lacks without a word, so such a text is
/// refused before its first key; nothing is typed in part.
/// </summary>
sealed class PortalKeyboard(RemoteDesktopSession remote, CompositorSession compositor, TimeProvider time) : IKeyboard, IDisposable
{
    static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(2);
    static readonly TimeSpan PlugInPause = TimeSpan.FromMilliseconds(250);
    const int PlugInRounds = 8;

    readonly SemaphoreSlim gesture = new(1);

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var keys = TypingPlan.Read(text);
        await GestureAsync(async (grant, characters) =>
        {
            Ensure(keys, characters);
            foreach (var key in keys)
            {
                await StrokeAsync(grant, key, characters);
                await Task.Delay(KeyPause, time, cancellationToken);
            }
        }, cancellationToken);
    }

    public Task PressAsync(KeyChord chord, CancellationToken cancellationToken) => GestureAsync(async (grant, characters) =>
    {
        Ensure([chord.Key], characters);
        var held = new Stack<int>();
        try
        {
            foreach (var modifier in chord.Modifiers)
            {
                var code = (int)KeyTable.Named[KeyTable.NameOf(modifier)].Code;
                held.Push(code);
                await CodeAsync(grant, code, 1);
            }

            await StrokeAsync(grant, chord.Key, characters);
        }
        finally
        {
            while (held.TryPop(out var code)) await CodeAsync(grant, code, 0);
        }
    }, cancellationToken);

    public void Dispose() => gesture.Dispose();

    async Task GestureAsync(Func<RemoteDesktopSession.Grant, IReadOnlyDictionary<Rune, uint>, Task> act, CancellationToken cancellationToken)
    {
        await gesture.WaitAsync(cancellationToken);
        try
        {
            var client = await compositor.ConnectAsync(cancellationToken);
            var grant = await remote.StartAsync(client.Connection, cancellationToken);
            if (!client.HasKeyboard) await PlugInAsync(grant, client, cancellationToken);
            await act(grant, KeyboardLayout.Read(await client.GetKeymapAsync(cancellationToken)));
        }
        finally
        {
            gesture.Release();
        }
    }

    // A machine without a keyboard has one, and with it a keymap, from the first key on that is sent to it.
    async Task PlugInAsync(RemoteDesktopSession.Grant grant, CompositorClient client, CancellationToken cancellationToken)
    {
        var shift = (int)KeyTable.Named["shift"].Code;
        await CodeAsync(grant, shift, 1);
        await CodeAsync(grant, shift, 0);
        for (var round = 0; round < PlugInRounds && !client.HasKeyboard; round++)
        {
            await Task.Delay(PlugInPause, time, cancellationToken);
            await client.Connection.RoundtripAsync(cancellationToken);
        }

        // Programs have to ask for the new keyboard before its keys reach them.
        await Task.Delay(PlugInPause, time, cancellationToken);
    }

    static void Ensure(IEnumerable<Key> keys, IReadOnlyDictionary<Rune, uint> characters)
    {
        var missing = keys.Select(key => key.Character).OfType<Rune>().Where(character => !characters.ContainsKey(character)).Distinct().Take(5).ToList();
        if (missing.Count == 0) return;
        throw new UnsupportedException(
            $"This desktop types only what the keyboard layout has, and that lacks {string.Join(' ', missing)}. Put the text on the clipboard (clipboard.write) and press ctrl+v, or add a layout in the desktop's settings.");
    }

    static async Task StrokeAsync(RemoteDesktopSession.Grant grant, Key key, IReadOnlyDictionary<Rune, uint> characters)
    {
        foreach (var state in new[] { 1u, 0u })
        {
            if (key.Name is { } name) await CodeAsync(grant, (int)KeyTable.Named[name].Code, state);
            else await SymbolAsync(grant, (int)characters[key.Character!.Value], state);
        }
    }

    static Task CodeAsync(RemoteDesktopSession.Grant grant, int code, uint state) => KeyAsync(grant, "NotifyKeyboardKeycode", code, state);

    static Task SymbolAsync(RemoteDesktopSession.Grant grant, int keysym, uint state) => KeyAsync(grant, "NotifyKeyboardKeysym", keysym, state);

    static Task KeyAsync(RemoteDesktopSession.Grant grant, string method, int key, uint state) => grant.NotifyAsync(method, "iu", (ref MessageWriter writer) =>
    {
        writer.WriteInt32(key);
        writer.WriteUInt32(state);
    });
}
