using Akka.Actor;

namespace Sophon.Node.Actors.Supervision;

/// <summary>
/// Every supervision decision of the tree, in one place: which exception of which child leads to which directive, and what a person sees of it.
/// Rows are tried from top to bottom; the first one whose exception type fits decides.
/// </summary>
public static class SupervisionTable
{
    const int Retries = 10;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <param name="Exception">The type that the child's failure has, or derives from.</param>
    /// <param name="UserSees">Consequence in words.</param>
    public sealed record Row(string Parent, string Child, Type Exception, Directive Directive, string UserSees);

    const string StartFailed = "The Node can't start: the log names the cause, and the program ends with exit code 70.";

    public static readonly IReadOnlyList<Row> Rows =
    [
        new("node", "any", typeof(ActorInitializationException), Directive.Escalate, StartFailed),
        new("node", "heartbeat", typeof(GatewaySilentException), Directive.Escalate, "Two connections in a row counted as up, and on neither was a heartbeat acknowledged: the program ends with exit code 70, and a service manager starts it anew."),
        new("node", "pairing", typeof(Exception), Directive.Restart, "The identity is read again; a pairing that was pending has to be started again by its caller. The connection stays."),
        new("node", "gateway-connection", typeof(Exception), Directive.Restart, "Offline for 0–5 s, then online again by itself. Running commands go on; their results are sent after the reconnect."),
        new("node", "heartbeat", typeof(Exception), Directive.Restart, "A heartbeat is sent at once, then every 30 s again. The Node stays online."),
        new("node", "policy", typeof(Exception), Directive.Restart, "Nothing: policy, grants and pause hold as last seen, and are looked at again at once."),
        new("node", "command-router", typeof(Exception), Directive.Restart, "Commands that ran are answered unknown, those that waited cancelled; new ones are taken at once. The connection stays."),
        new("gateway-connection", "hub", typeof(Exception), Directive.Stop, "The connection counts as lost; the Node reconnects within 0–5 s."),
        new("hub", "live-view", typeof(Exception), Directive.Restart, "A live view that runs ends; the Gateway asks for it again, and the picture stands still for a moment. The connection stays."),
        new("command-router", "device", typeof(ActorInitializationException), Directive.Escalate, StartFailed),
        new("command-router", "device", typeof(DeviceStuckException), Directive.Restart, "The command that hung is answered timedOut; the device takes the next one. Other devices are not affected."),
        new("command-router", "device", typeof(Exception), Directive.Restart, "The command that ran is answered failed (internal); the device takes the next one. Other devices are not affected."),
        new("command-router", "consent", typeof(ActorInitializationException), Directive.Escalate, StartFailed),
        new("command-router", "consent", typeof(Exception), Directive.Restart, "The question vanishes from the screen and its command is denied; the next question is asked."),
        new("clipboard", "helper", typeof(Exception), Directive.Restart, "The text that this Node had put on the clipboard is put there again, unless somebody else has copied something since."),
    ];

    /// <summary>
    /// The strategy of one parent: one for one, at most 10 restarts of a child within a minute. Akka stops a child that has used them up;
    /// its parent watches it, takes that for <see cref="ChildLostException"/>, and so the failure climbs to the top: a Node without its router
    /// would be alive but dead, so the program ends with an exit code that a service manager acts on.
    /// </summary>
    public static SupervisorStrategy For(string parent)
    {
        var rows = Rows.Where(row => row.Parent == parent).ToList();
        return new OneForOneStrategy(Retries, Window, exception => rows.First(row => row.Exception.IsInstanceOfType(exception)).Directive);
    }
}

/// <summary>A platform call did not end within the grace after its deadline.</summary>
public sealed class DeviceStuckException(string device) : Exception($"A call of the device {device} did not end after its deadline");

/// <summary>Nothing is acknowledged on a fresh connection either.</summary>
public sealed class GatewaySilentException(TimeSpan silence) : Exception($"The Gateway has acknowledged no heartbeat for {silence.TotalSeconds:0} s, on a fresh connection either");

/// <summary>A child that its parent can't do without is gone: it failed more often than supervision allows.</summary>
public sealed class ChildLostException(string child) : Exception($"{child} failed too often and was stopped");
