
namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>notify.show</c>.</summary>
sealed class NotifyActor(NodeServices services) : DeviceActor(services)
{
    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        await Services.Desktop.Notifications.ShowAsync(command.Arguments.Text("title"), command.Arguments.Text("message"), cancellationToken);
        return Answers.Empty;
    }
}
