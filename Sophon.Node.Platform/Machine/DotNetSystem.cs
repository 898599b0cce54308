using System.ComponentModel;
using System.Text;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Machine;

/// <summary>Machine facts, processes and programs as .NET tells them, on every OS.</summary>
public sealed class DotNetSystem : ISystem
{
    const int MaxOutputBytes = 1024 * 1024;

    public Task<MachineInfo> GetInfoAsync(CancellationToken cancellationToken) => Task.Run(MachineFacts.Read, cancellationToken);

    public Task<IReadOnlyList<ProcessInfo>> ListProcessesAsync(string? nameFilter, CancellationToken cancellationToken) =>
        Task.Run(() => ProcessFacts.List(nameFilter), cancellationToken);

    public async Task<ExecutionResult> ExecuteAsync(
        ExecutionRequest request, Action<ExecutionOutput>? onOutput, CancellationToken cancellationToken)
    {
        if (request.WorkingDirectory is { } folder && !Directory.Exists(folder))
            throw new NotFoundException($"The working directory {folder} does not exist.");

        var program = Locate(request);
        if (OperatingSystem.IsWindows()) ShellScripts.Refuse(program);
        var start = ChildProcess.Describe(program, request.Arguments, request.Environment);
        start.WorkingDirectory = request.WorkingDirectory ?? "";

        var order = new Lock();
        OutputDecoder output = new(false, MaxOutputBytes, order, onOutput), error = new(true, MaxOutputBytes, order, onOutput);
        try
        {
            var input = Encoding.UTF8.GetBytes(request.StandardInput ?? "");
            var exitCode = await ChildProcess.RunAsync(start, input, output.Append, error.Append, cancellationToken);
            return new ExecutionResult(exitCode, output.Finish(), error.Finish(), output.Truncated || error.Truncated);
        }
        catch (Win32Exception exception)
        {
            throw new NotFoundException($"{request.Command} could not be started: {exception.Message}");
        }
    }

    static string Locate(ExecutionRequest request)
    {
        var searchPath = request.Environment.GetValueOrDefault("PATH");
        return ProgramPath.Find(request.Command, request.WorkingDirectory, searchPath)
            ?? throw new NotFoundException($"{request.Command} is no executable program (looked for {(request.Command.Contains('/') ? "that file" : "it on PATH")}).");
    }
}
