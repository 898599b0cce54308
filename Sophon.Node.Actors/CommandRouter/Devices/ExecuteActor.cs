using System.Text.Json;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>system.execute</c>: a queue of its own, so that a long program does not hold up <c>system.info</c>.</summary>
sealed class ExecuteActor(NodeServices services) : DeviceActor(services)
{
    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        var arguments = command.Arguments;
        var request = new ExecutionRequest(
            arguments.Text("command"), arguments.Texts("args"), arguments.OptionalText("workingDirectory"), arguments.Map("env"), arguments.OptionalText("stdin"));
        var result = await Services.Desktop.System.ExecuteAsync(request, piece => output(piece.IsError, piece.Text), cancellationToken);
        return JsonSerializer.SerializeToElement(
            new Answers.Execution(result.ExitCode, result.StandardOutput, result.StandardError, result.Truncated), AnswerJson.Default.Execution);
    }
}
