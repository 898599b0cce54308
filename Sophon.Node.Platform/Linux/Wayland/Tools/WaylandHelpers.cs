using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>Runs helpers on the compositor that is there now, and tells a helper's failure from a compositor that is gone.</summary>
sealed class WaylandHelpers(WaylandEnvironment environment)
{
    /// <summary>Any exit code, as long as the compositor takes connections before and, after a failure, still does.</summary>
    /// <exception cref="DisplayUnavailableException">No compositor answers.</exception>
    /// <exception cref="ToolMissingException">The helper is not installed.</exception>
    public async Task<HelperResult> TryRunAsync(
        string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken, ReadOnlyMemory<byte> input = default)
    {
        var result = await Runner(WaylandEndpoint.Locate(environment)).TryRunAsync(tool, arguments, input, cancellationToken);
        if (!result.Succeeded) WaylandEndpoint.Locate(environment);
        return result;
    }

    /// <summary>Exit code 0, or an exception.</summary>
    /// <exception cref="ActionFailedException">Another exit code.</exception>
    public async Task<HelperResult> RunAsync(
        string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken, ReadOnlyMemory<byte> input = default)
    {
        var result = await TryRunAsync(tool, arguments, cancellationToken, input);
        return result.Succeeded ? result : throw result.ToException();
    }

    public HelperProcess Start(string tool, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input) =>
        Runner(WaylandEndpoint.Locate(environment)).Start(tool, arguments, input);

    /// <exception cref="DisplayUnavailableException">No compositor answers.</exception>
    public WaylandEndpoint Locate() => WaylandEndpoint.Locate(environment);

    // wtype reads its text by the locale; in "C" it takes no umlaut.
    HelperRunner Runner(WaylandEndpoint endpoint) =>
        new(new Dictionary<string, string?>(endpoint.Variables(environment)) { ["LC_ALL"] = "C.UTF-8" });
}
