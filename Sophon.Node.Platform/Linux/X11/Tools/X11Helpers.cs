using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Runs helpers on one display, and tells a helper's failure from a display that is gone.</summary>
sealed class X11Helpers(X11Environment environment)
{
    static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(3);

    // Without a UTF-8 locale xdotool can't read what it shall type, and xprop prints titles as octal escapes.
    readonly HelperRunner runner = new(new Dictionary<string, string?>(environment.Variables) { ["LC_ALL"] = "C.UTF-8" });

    public string DisplayName => environment.Display ?? "(none)";

    /// <summary>Any exit code, as long as the display answers.</summary>
    /// <exception cref="DisplayUnavailableException">There is no DISPLAY, or nothing answers there.</exception>
    public async Task<HelperResult> TryRunAsync(
        string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken, ReadOnlyMemory<byte> input = default)
    {
        EnsureNamed();
        var result = await runner.TryRunAsync(tool, arguments, input, cancellationToken);
        if (!result.Succeeded) await EnsureDisplayAsync(cancellationToken);
        return result;
    }

    /// <summary>Exit code 0, or an exception.</summary>
    public async Task<HelperResult> RunAsync(
        string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken, ReadOnlyMemory<byte> input = default)
    {
        var result = await TryRunAsync(tool, arguments, cancellationToken, input);
        return result.Succeeded ? result : throw result.ToException();
    }

    public HelperProcess Start(string tool, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input)
    {
        EnsureNamed();
        return runner.Start(tool, arguments, input);
    }

    /// <summary>Asks the display for its size; no helper tells a dead display by its exit code.</summary>
    public async Task EnsureDisplayAsync(CancellationToken cancellationToken)
    {
        EnsureNamed();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ProbeDeadline);
        try
        {
            var probe = await runner.TryRunAsync("xdotool", ["getdisplaygeometry"], deadline.Token);
            if (!probe.Succeeded) throw new DisplayUnavailableException($"No X server answers at {DisplayName}: {probe.ToException().Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DisplayUnavailableException($"The X server at {DisplayName} did not answer within {ProbeDeadline.TotalSeconds:0} s.");
        }
    }

    void EnsureNamed()
    {
        if (environment.Display is null)
            throw new DisplayUnavailableException("There is no X display: DISPLAY is not set. Start the Node inside the desktop session, or set DISPLAY (for example DISPLAY=:0).");
    }
}
