using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>The keyboard by osascript: text as events that carry characters, hotkeys by System Events. cliclick types only what the layout has.</summary>
sealed class MacKeyboard(HelperRunner runner, MacScripts scripts, MacPermissions permissions) : IKeyboard, IDisposable
{
    // Gestures of two callers must not mix.
    readonly SemaphoreSlim turn = new(1);

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var pieces = TypingPieces.Split(TypedText.Read(text));
        if (pieces.Count > 0) await InTurnAsync(() => scripts.RunAsync("type", new { pieces }, cancellationToken), cancellationToken);
    }

    public async Task PressAsync(KeyChord chord, CancellationToken cancellationToken)
    {
        if (chord.Key.Character is not null && chord.Modifiers.Count == 0)
        {
            await TypeAsync(chord.Key.ToString(), cancellationToken);
            return;
        }

        if (chord.Key.Name is { } name && MacKeys.ModifierOf(name) is { } alone)
        {
            await InTurnAsync(() => runner.RunAsync("cliclick", CliclickArguments.Tap([.. chord.Modifiers, alone]), cancellationToken), cancellationToken);
            return;
        }

        int? keyCode = chord.Key.Name is { } named ? MacKeys.CodeOf(named) : null;
        // System Events presses another key, silently, when the layout lacks the character.
        if (chord.Key.Character is { IsAscii: false }) throw new UnsupportedException($"\"{chord}\" can't be pressed: on macOS a hotkey is made of ASCII characters and named keys.");
        var modifiers = chord.Modifiers.Select(MacKeys.Name).ToList();
        await InTurnAsync(() => scripts.RunAsync("press", new { keyCode, character = chord.Key.Character?.ToString(), modifiers }, cancellationToken), cancellationToken);
    }

    public void Dispose() => turn.Dispose();

    async Task InTurnAsync(Func<Task> gesture, CancellationToken cancellationToken)
    {
        await permissions.RequireAccessibilityAsync(cancellationToken);
        await turn.WaitAsync(cancellationToken);
        try
        {
            await gesture();
        }
        finally
        {
            turn.Release();
        }
    }
}
