using System.Text.Json;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>system.info</c>, <c>system.processes</c>.</summary>
sealed class SystemActor(NodeServices services) : DeviceActor(services)
{
    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken) =>
        command.Definition.Name switch
        {
            "system.info" => JsonSerializer.SerializeToElement(await Services.Desktop.System.GetInfoAsync(cancellationToken), AnswerJson.Default.MachineInfo),
            "system.processes" => await ProcessesAsync(command, cancellationToken),
            _ => throw new UnsupportedException($"The system has no command {command.Definition.Name}."),
        };

    async Task<JsonElement> ProcessesAsync(AdmittedCommand command, CancellationToken cancellationToken)
    {
        var processes = await Services.Desktop.System.ListProcessesAsync(command.Arguments.OptionalText("nameFilter"), cancellationToken);
        var shown = processes.Take(command.Arguments.Integer("limit"))
            .Select(process => new Answers.Process(process.ProcessId, process.Name, process.MemoryMb, process.CpuSeconds, process.StartedAt)).ToList();
        return JsonSerializer.SerializeToElement(new Answers.Processes(shown, processes.Count), AnswerJson.Default.Processes);
    }
}
