using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>The keyboard by xdotool, with spare keycodes lent by xmodmap for what the layout lacks.</summary>
/// <remarks>
/// Left alone, xdotool puts a character that the layout lacks on one spare keycode, presses it and takes it away again;
/// a client that comes to the event later finds the next character there, or nothing. Where xmodmap (x11-xserver-utils)
/// is missing, that is all there is, and every key waits <see cref="SlowDelayMs"/>.
/// </remarks>
[SupportedOSPlatform("linux")]
sealed class ToolsKeyboard(X11Helpers helpers, TimeProvider time) : IKeyboard, IAsyncDisposable
{
    // xdotool waits a quarter of it after the press and a quarter after the release.
    const int FastDelayMs = 8;
    const int SlowDelayMs = 240;

    static readonly string[] ClearModifiers = ["--clearmodifiers"];

    readonly SemaphoreSlim turn = new(1);
    readonly SpareKeys spareKeys = new(time);
    readonly FocusedClient client = new(helpers, time);
    bool lent;

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var runes = TypingText.Read(text);
        if (runes.Count == 0) return;

        await InTurnAsync(async () =>
        {
            if (await ReadMapAsync(cancellationToken) is not { Spare.Count: > 0 } map)
            {
                await TypeAsync(string.Concat(runes), SlowDelayMs, [], cancellationToken);
                return;
            }

            foreach (var piece in TypingText.Split(runes, map.Characters.Contains, map.Hidden.Contains, map.Spare.Count))
            {
                var keycodes = await LendAsync(piece.Missing, cancellationToken);
                if (piece.Hidden) await PressAsync([.. ReleaseHeld(map.ModifierKeycodes), "key", "--delay", Number(FastDelayMs), Keycode(keycodes.Values.Single())], default, cancellationToken);
                else await TypeAsync(piece.Text, FastDelayMs, map.ModifierKeycodes, cancellationToken);
            }
        }, cancellationToken);
    }

    public Task PressAsync(KeyChord chord, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var keysym = chord.Key is { Name: { } name } ? Keysym.OfName(name) : Keysym.Of(chord.Key.Character!.Value);
        var modifiers = chord.Modifiers.Select(modifier => Keysym.Of(modifier).ToString()).ToList();
        var map = await ReadMapAsync(cancellationToken);
        var key = keysym.ToString();
        if (map is { Spare.Count: > 0 })
        {
            // The same character may have an older keysym in the layout.
            var own = map.Keysyms.Contains(keysym) ? keysym : map.Keysyms.FirstOrDefault(known => chord.Key.Character is { } rune && known.Character == rune);
            key = own != Keysym.None ? own.ToString() : Keycode((await LendAsync([keysym], cancellationToken))[keysym]);
        }

        await PressAsync(
            [
                .. ReleaseHeld(map?.ModifierKeycodes ?? []),
                .. modifiers.SelectMany(modifier => new[] { "keydown", "--delay", "0", modifier }),
                // Caps Lock would turn a letter into its capital; in a chord programs ignore it.
                "key",
                .. chord is { Modifiers.Count: 0, Key.Character: not null } ? ClearModifiers : [],
                "--delay",
                Number(map is null ? SlowDelayMs : FastDelayMs),
                key,
                .. Enumerable.Reverse(modifiers).SelectMany(modifier => new[] { "keyup", "--delay", "0", modifier }),
            ],
            ReadOnlyMemory<byte>.Empty,
            cancellationToken);
    }, cancellationToken);

    /// <summary>Gives the borrowed keycodes back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (lent)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            try
            {
                await Task.Delay(spareKeys.UntilSettled(), time, deadline.Token);
                await client.WaitUntilIdleAsync(deadline.Token);
                if (await ReadMapAsync(deadline.Token) is { Borrowed.Count: > 0 } map)
                    await ChangeMapAsync(map.Borrowed.Keys.Select(KeyboardMap.Return), deadline.Token);
            }
            catch (Exception exception) when (exception is PlatformException or OperationCanceledException)
            {
                // The display is gone, and the map with it.
            }
        }

        turn.Dispose();
    }

    async Task InTurnAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await action();
        }
        finally
        {
            turn.Release();
        }
    }

    // Read anew each time: the person may change the layout, which also drops what was lent.
    async Task<KeyboardMap?> ReadMapAsync(CancellationToken cancellationToken) =>
        ProgramPath.Find("xmodmap") is null
            ? null
            : KeyboardMap.Parse((await helpers.RunAsync("xmodmap", ["-pk", "-pm"], cancellationToken)).Text);

    async Task<IReadOnlyDictionary<Keysym, int>> LendAsync(IReadOnlyCollection<Keysym> missing, CancellationToken cancellationToken)
    {
        if (missing.Count == 0 || await ReadMapAsync(cancellationToken) is not { } map) return new Dictionary<Keysym, int>();

        var loan = spareKeys.Lend(map, missing);
        if (loan.Lines.Count > 0)
        {
            await Task.Delay(loan.Wait, time, cancellationToken);
            if (loan.AwaitClient) await client.WaitUntilIdleAsync(cancellationToken);

            lent = true;
            await ChangeMapAsync(loan.Lines, cancellationToken);
        }

        return loan.Keycodes;
    }

    Task<HelperResult> ChangeMapAsync(IEnumerable<string> lines, CancellationToken cancellationToken) =>
        helpers.RunAsync("xmodmap", ["-"], cancellationToken, Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"));

    // The text goes by standard input: an argument could be read by everybody in the process list.
    Task TypeAsync(string text, int delayMs, IReadOnlyList<int> modifierKeycodes, CancellationToken cancellationToken) => PressAsync(
        [.. ReleaseHeld(modifierKeycodes), "type", "--clearmodifiers", "--delay", Number(delayMs), "--file", "-"],
        Encoding.UTF8.GetBytes(text),
        cancellationToken);

    // A modifier that the person holds would turn letters into capitals or shortcuts. xdotool's --clearmodifiers releases it but
    // presses it again at the end, and that stays down for ever when the person has let go meanwhile. Released before it looks,
    // nothing is pressed again: a person who still holds the key has to press it anew. --clearmodifiers then only ends Caps Lock.
    static IEnumerable<string> ReleaseHeld(IReadOnlyList<int> modifierKeycodes) =>
        modifierKeycodes.Count == 0 ? [] : ["keyup", "--delay", "0", .. modifierKeycodes.Select(Keycode)];

    async Task PressAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            var result = await helpers.RunAsync("xdotool", arguments, cancellationToken, input);
            // xdotool skips what it can't press, says so, and exits with 0.
            if (result.Error.Length > 0) throw new ActionFailedException($"xdotool did not press every key: {result.Error.Split('\n')[0]}");
        }
        catch (Exception exception) when (exception is OperationCanceledException or ActionFailedException)
        {
            // Which key was down is unknown; releasing one that is up does nothing.
            await LetGo.RunAsync(helpers, ["keyup", "--delay", "0", .. Enumerable.Range(8, 248).Select(Keycode)]);
            throw;
        }
        finally
        {
            spareKeys.Used();
        }
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Three digits: xdotool reads "9" as the key that types a nine, and "009" as keycode 9.
    static string Keycode(int keycode) => keycode.ToString("D3", CultureInfo.InvariantCulture);
}
