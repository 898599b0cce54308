using Akka.Actor;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary>Which actor serves which device. A device without a row is answered <c>unsupported</c>.</summary>
static class DeviceActors
{
    static readonly IReadOnlyDictionary<Device, Func<NodeServices, Props>> Table = new Dictionary<Device, Func<NodeServices, Props>>
    {
        [Device.Screen] = services => Props.Create(() => new ScreenActor(services)),
        [Device.Input] = services => Props.Create(() => new InputActor(services)),
        [Device.Clipboard] = services => Props.Create(() => new ClipboardActor(services)),
        [Device.Window] = services => Props.Create(() => new WindowActor(services)),
        [Device.App] = services => Props.Create(() => new AppActor(services)),
        [Device.System] = services => Props.Create(() => new SystemActor(services)),
        [Device.Execute] = services => Props.Create(() => new ExecuteActor(services)),
        [Device.Notify] = services => Props.Create(() => new NotifyActor(services)),
    };

    /// <summary>Starts one child of <paramref name="context"/> per device, named after it, and watches it.</summary>
    public static Dictionary<Device, IActorRef> Start(IActorContext context, NodeServices services) =>
        Table.ToDictionary(row => row.Key, row => context.Watch(context.ActorOf(row.Value(services), row.Key.ToString().ToLowerInvariant())));
}
