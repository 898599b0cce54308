using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>The keyboard by SendInput.</summary>
[SupportedOSPlatform("windows")]
sealed class SendInputKeyboard(TimeProvider time) : IKeyboard, IDisposable
{
    /// <summary>Characters of one SendInput call: a long text can be cancelled in between, and no input queue overflows.</summary>
    const int MostCharacters = 100;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Gestures of two callers must not mix.
    readonly SemaphoreSlim turn = new(1);

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var characters = TypedText.Read(text);
        await InTurnAsync(async () =>
        {
            foreach (var part in characters.Chunk(MostCharacters))
            {
                Send(keys => [.. part.SelectMany(keys.Type)]);
                if (characters.Count > MostCharacters) await Task.Delay(Pause, time, cancellationToken);
            }
        }, cancellationToken);
    }

    public Task PressAsync(KeyChord chord, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            Send(keys => keys.Press(chord));
            return Task.CompletedTask;
        },
        cancellationToken);

    public void Dispose() => turn.Dispose();

    async Task InTurnAsync(Func<Task> gesture, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(gesture, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    static void Send(Func<KeyGesture, IReadOnlyList<Input>> gesture)
    {
        WindowsSession.RequireUnlocked();
        Elevation.RequireReachable(User32.GetForegroundWindow());
        var keys = new KeyGesture(new ForegroundLayout());
        var held = VirtualKeys.Modifiers.Where(key => User32.GetAsyncKeyState(key.Code) < 0).ToList();
        InputSender.Send([.. keys.Release(held), .. gesture(keys)]);
    }
}
