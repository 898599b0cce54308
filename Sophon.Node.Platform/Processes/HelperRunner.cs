using System.ComponentModel;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>Starts helper programs: by argument list, with this instance's environment, bounded output, and a process tree that dies at the deadline.</summary>
/// <param name="environment">Added to the Node's own; a null value removes the variable.</param>
public sealed class HelperRunner(IReadOnlyDictionary<string, string?> environment)
{
    /// <summary>Most that is kept of a helper's standard output; a longer one fails the call.</summary>
    public const int MaxOutputBytes = 64 * 1024 * 1024;

    const int MaxErrorBytes = 64 * 1024;

    /// <summary>Runs <paramref name="tool"/> to its end and answers whatever exit code it had.</summary>
    /// <exception cref="ToolMissingException">It is not on PATH.</exception>
    /// <exception cref="ActionFailedException">It could not be started, or wrote more than <see cref="MaxOutputBytes"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the helper and its children are dead.</exception>
    public async Task<HelperResult> TryRunAsync(
        string tool, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var start = ChildProcess.Describe(Locate(tool), arguments, environment);
        BoundedBuffer output = new(MaxOutputBytes), error = new(MaxErrorBytes);
        int exitCode;
        try
        {
            exitCode = await ChildProcess.RunAsync(start, input, output.Append, error.Append, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            throw new ActionFailedException($"{tool} could not be started: {exception.Message}", exception);
        }

        return output.Truncated
            ? throw new ActionFailedException($"{tool} wrote more than {MaxOutputBytes / 1024 / 1024} MiB to its standard output.")
            : new HelperResult(tool, exitCode, output.Written.ToArray(), Encoding.UTF8.GetString(error.Written));
    }

    /// <inheritdoc cref="TryRunAsync(string, IReadOnlyList{string}, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<HelperResult> TryRunAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        TryRunAsync(tool, arguments, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>As <see cref="TryRunAsync(string, IReadOnlyList{string}, ReadOnlyMemory{byte}, CancellationToken)"/>, where any exit code but 0 is a failure.</summary>
    /// <exception cref="ActionFailedException">Also: its exit code was not 0; the message has the code and the first line of its standard error.</exception>
    public async Task<HelperResult> RunAsync(
        string tool, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var result = await TryRunAsync(tool, arguments, input, cancellationToken);
        return result.Succeeded ? result : throw result.ToException();
    }

    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string}, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<HelperResult> RunAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(tool, arguments, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Starts a helper that stays alive; the caller disposes it, which kills its process tree.</summary>
    /// <exception cref="ToolMissingException">It is not on PATH.</exception>
    /// <exception cref="ActionFailedException">It could not be started.</exception>
    public HelperProcess Start(string tool, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        var start = ChildProcess.Describe(Locate(tool), arguments, environment);
        try
        {
            return new HelperProcess(tool, start, input);
        }
        catch (Win32Exception exception)
        {
            throw new ActionFailedException($"{tool} could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>Where a helper is: on this instance's PATH, where its environment has one; null when it is not installed.</summary>
    public string? Find(string tool) => ProgramPath.Find(tool, searchPath: environment.GetValueOrDefault("PATH"));

    string Locate(string tool) => Find(tool) ?? throw HelperPackages.Missing(tool);
}
