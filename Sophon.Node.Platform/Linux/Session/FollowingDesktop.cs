using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.Session;

/// <summary>
/// The desktop of whatever display serves at the moment. A display may come after the Node, go, come back, or be replaced by another
/// kind; every 2 s somebody looks, and the ports are those of the new one from then on. What runs on the old one ends with its errors.
/// </summary>
public sealed class FollowingDesktop : IDesktop
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    readonly Func<DisplayFacts> look;
    readonly Func<DisplayChoice, CancellationToken, Task<IDesktop>> make;
    readonly CancellationTokenSource end = new();
    readonly TimeProvider time;
    volatile State state;
    Task following = Task.CompletedTask;

    FollowingDesktop(Func<DisplayFacts> look, Func<DisplayChoice, CancellationToken, Task<IDesktop>> make, State first, TimeProvider time) =>
        (this.look, this.make, state, this.time) = (look, make, first, time);

    /// <summary>Another display serves, or the one that serves does or does not answer; called on no thread in particular.</summary>
    public event Action<FollowingDesktop>? Changed;

    /// <param name="look">One look at the displays.</param>
    /// <param name="make">The desktop for a display that was chosen.</param>
    /// <param name="cancellationToken">Ends the making of the first one.</param>
    public static async Task<FollowingDesktop> CreateAsync(
        Func<DisplayFacts> look, Func<DisplayChoice, CancellationToken, Task<IDesktop>> make, TimeProvider time, CancellationToken cancellationToken)
    {
        var facts = look();
        var choice = DisplayChoice.Of(facts);
        return new(look, make, new(facts, choice, await make(choice, cancellationToken)), time);
    }

    public DisplayChoice Choice => state.Choice;

    public string Description => state.Desktop.Description;

    public IScreen Screen => state.Desktop.Screen;

    public IPointer Pointer => state.Desktop.Pointer;

    public IKeyboard Keyboard => state.Desktop.Keyboard;

    public IClipboard Clipboard => state.Desktop.Clipboard;

    public IWindows Windows => state.Desktop.Windows;

    public IApplications Applications => state.Desktop.Applications;

    public INotifications Notifications => state.Desktop.Notifications;

    public ISystem System => state.Desktop.System;

    public Task<SessionState> GetSessionStateAsync(CancellationToken cancellationToken) => state.Desktop.GetSessionStateAsync(cancellationToken);

    public Task<IReadOnlyList<PortCheck>> CheckAsync(CancellationToken cancellationToken) => state.Desktop.CheckAsync(cancellationToken);

    /// <summary>Follows from now on.</summary>
    public void Follow()
    {
        if (following.IsCompleted) following = Task.Run(FollowAsync);
    }

    /// <summary>One look, and what follows from it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var (facts, before) = (look(), state);
        if (facts.Equals(before.Facts)) return;
        var choice = DisplayChoice.Of(facts);
        var same = choice.Kind == before.Choice.Kind && choice.Name == before.Choice.Name;

        // Also anew when the same name answers again: another compositor may stand behind it.
        var desktop = same && !CameBack(before.Facts, facts, choice) ? before.Desktop : await make(choice, cancellationToken);
        state = new(facts, choice, desktop);
        Changed?.Invoke(this);
        if (!ReferenceEquals(desktop, before.Desktop)) await before.Desktop.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await following;
        await state.Desktop.DisposeAsync();
        end.Dispose();
    }

    static bool CameBack(DisplayFacts before, DisplayFacts now, DisplayChoice choice) => !Listens(before, choice) && Listens(now, choice);

    static bool Listens(DisplayFacts facts, DisplayChoice choice) =>
        facts.Candidates.Any(candidate => candidate.Kind == choice.Kind && candidate.Name == choice.Name && candidate.Listens);

    async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token)) await TryLookAsync();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The Node ends.
        }
    }

    async Task TryLookAsync()
    {
        try
        {
            await LookAsync(end.Token);
        }
        catch (Exception error) when (error is PlatformException or IOException or UnauthorizedAccessException || (error is OperationCanceledException && !end.IsCancellationRequested))
        {
            // A display that hangs or goes at this very moment: what was, stays, and the next look tries again.
        }
    }

    sealed record State(DisplayFacts Facts, DisplayChoice Choice, IDesktop Desktop);
}
