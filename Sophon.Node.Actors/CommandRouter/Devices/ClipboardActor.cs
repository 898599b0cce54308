using System.Text.Json;
using Akka.Actor;
using Sophon.Node.Actors.CommandRouter.Devices.Helper;
using Sophon.Node.Actors.Supervision;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>clipboard.read</c>, <c>clipboard.write</c>. On X11 and Wayland a helper serves the text: it is a supervised child.</summary>
sealed class ClipboardActor : DeviceActor
{
    sealed record OwnerStarted(IHelperProcess Process, string Text);

    readonly IActorRef self;
    IActorRef helper = ActorRefs.Nobody;
    int owners;

    public ClipboardActor(NodeServices services) : base(services) => self = Self;

    IClipboard Clipboard => Services.Desktop.Clipboard;

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionTable.For("clipboard");

    protected override void ReceiveExtra() => Receive<OwnerStarted>(started =>
    {
        Context.Stop(helper);
        helper = Context.ActorOf(HelperProcessActor.Props(started.Process, token => ServeAgainAsync(started.Text, token)), $"helper-{++owners}");
    });

    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        switch (command.Definition.Name)
        {
            case "clipboard.read":
                return JsonSerializer.SerializeToElement(new Answers.Text(await Clipboard.ReadAsync(cancellationToken)), AnswerJson.Default.Text);
            case "clipboard.write":
                var text = command.Arguments.Text("text");
                if (await Clipboard.WriteAsync(text, cancellationToken) is { } owner) self.Tell(new OwnerStarted(owner, text));
                return Answers.Empty;
            default:
                throw new UnsupportedException($"The clipboard has no command {command.Definition.Name}.");
        }
    }

    // What the person has copied since the helper died must not be overwritten.
    async Task<IHelperProcess?> ServeAgainAsync(string text, CancellationToken cancellationToken) =>
        (await Clipboard.ReadAsync(cancellationToken)).Length == 0 ? await Clipboard.WriteAsync(text, cancellationToken) : null;
}
