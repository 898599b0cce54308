using System.Text.Json;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>window.*</c>.</summary>
sealed class WindowActor(NodeServices services) : DeviceActor(services)
{
    IWindows Windows => Services.Desktop.Windows;

    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        if (command.Definition.Name == "window.list") return List(await Windows.ListAsync(cancellationToken));

        var (arguments, id) = (command.Arguments, await FindAsync(command.Arguments, cancellationToken));
        switch (command.Definition.Name)
        {
            case "window.move":
                var moved = await Windows.MoveAsync(
                    id, arguments.Integer("x"), arguments.Integer("y"), arguments.OptionalInteger("width"), arguments.OptionalInteger("height"), cancellationToken);
                return JsonSerializer.SerializeToElement(
                    new Answers.Rectangle(moved.Bounds.X, moved.Bounds.Y, moved.Bounds.Width, moved.Bounds.Height), AnswerJson.Default.Rectangle);
            case "window.minimize":
                await Windows.MinimizeAsync(id, cancellationToken);
                break;
            case "window.maximize":
                await Windows.MaximizeAsync(id, cancellationToken);
                break;
            default:
                throw new UnsupportedException($"Windows have no command {command.Definition.Name}.");
        }

        return Answers.Empty;
    }

    async Task<string> FindAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.OptionalText("id") is { } id) return id;

        var title = arguments.Text("title");
        var windows = await Windows.ListAsync(cancellationToken);
        return windows.LastOrDefault(window => window.Title.Contains(title, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new NotFoundException($"No window has \"{title}\" in its title; window.list shows the {windows.Count} there are.");
    }

    static JsonElement List(IReadOnlyList<WindowInfo> windows) => JsonSerializer.SerializeToElement(
        new Answers.Windows([.. windows.Select(window => new Answers.Window(
            window.Id, window.Title, window.App, window.ProcessId, window.Bounds.X, window.Bounds.Y, window.Bounds.Width, window.Bounds.Height,
            window.Focused, window.Minimized))]),
        AnswerJson.Default.Windows);
}
