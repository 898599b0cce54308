using System.Text.Json;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>app.*</c>.</summary>
sealed class AppActor(NodeServices services) : DeviceActor(services)
{
    IApplications Applications => Services.Desktop.Applications;

    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        var arguments = command.Arguments;
        switch (command.Definition.Name)
        {
            case "app.list":
                return List(await Applications.ListAsync(cancellationToken));
            case "app.launch":
                return JsonSerializer.SerializeToElement(new Answers.Launched(await LaunchAsync(arguments, cancellationToken)), AnswerJson.Default.Launched);
            case "app.close":
                await Applications.CloseAsync(SelectorOf(arguments), arguments.Boolean("force"), cancellationToken);
                return Answers.Empty;
            case "app.focus":
                await Applications.FocusAsync(SelectorOf(arguments), cancellationToken);
                return Answers.Empty;
            default:
                throw new UnsupportedException($"Applications have no command {command.Definition.Name}.");
        }
    }

    Task<int> LaunchAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.OptionalText("path") is { } path) return Applications.LaunchByPathAsync(path, arguments.Texts("args"), cancellationToken);
        return arguments.Texts("args").Count == 0
            ? Applications.LaunchByNameAsync(arguments.Text("name"), cancellationToken)
            : throw new InvalidInputException("args goes with path only: an installed application is started as its desktop entry says.");
    }

    static ApplicationSelector SelectorOf(CommandArguments arguments) => new(arguments.OptionalInteger("pid"), arguments.OptionalText("name"));

    static JsonElement List(IReadOnlyList<ApplicationInfo> applications) => JsonSerializer.SerializeToElement(
        new Answers.Apps([.. applications.Select(app => new Answers.App(app.Name, app.ProcessId, app.WindowTitles, app.Focused))]), AnswerJson.Default.Apps);
}
