using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>One command at a time per device, in order of arrival; a bounded queue each. Pure: it says what to start, its owner starts it.</summary>
/// <param name="limit">Commands per device, the running one included.</param>
public sealed class DeviceQueues(int limit)
{
    readonly Dictionary<Device, LinkedList<AdmittedCommand>> waiting = [];
    readonly Dictionary<Device, AdmittedCommand> running = [];

    /// <summary>False when the device's queue is full.</summary>
    public bool TryAdd(AdmittedCommand command)
    {
        var queue = QueueOf(command.Definition.Device);
        if (queue.Count + (running.ContainsKey(command.Definition.Device) ? 1 : 0) >= limit) return false;
        queue.AddLast(command);
        return true;
    }

    /// <summary>The command to start now, or null when the device is busy or has none. It counts as running from here.</summary>
    public AdmittedCommand? TakeNext(Device device)
    {
        var queue = QueueOf(device);
        if (running.ContainsKey(device) || queue.First is not { } first) return null;
        queue.RemoveFirst();
        return running[device] = first.Value;
    }

    /// <summary>The device has ended this command; false when it was not the running one.</summary>
    public bool End(Device device, string commandId) =>
        running.TryGetValue(device, out var command) && command.CommandId == commandId && running.Remove(device);

    /// <summary>Takes a waiting command out; null when it does not wait.</summary>
    public AdmittedCommand? RemoveWaiting(string commandId)
    {
        foreach (var queue in waiting.Values)
        {
            for (var node = queue.First; node is not null; node = node.Next)
            {
                if (node.Value.CommandId != commandId) continue;
                queue.Remove(node);
                return node.Value;
            }
        }

        return null;
    }

    /// <summary>Takes every waiting command out.</summary>
    public IReadOnlyList<AdmittedCommand> RemoveAllWaiting()
    {
        var all = waiting.Values.SelectMany(queue => queue).ToList();
        foreach (var queue in waiting.Values) queue.Clear();
        return all;
    }

    /// <summary>Takes out what waits and fits.</summary>
    public IReadOnlyList<AdmittedCommand> RemoveWaiting(Func<AdmittedCommand, bool> which)
    {
        var removed = waiting.Values.SelectMany(queue => queue).Where(which).ToList();
        foreach (var command in removed) QueueOf(command.Definition.Device).Remove(command);
        return removed;
    }

    public IReadOnlyCollection<AdmittedCommand> Running => running.Values;

    public AdmittedCommand? FindRunning(string commandId) => running.Values.FirstOrDefault(command => command.CommandId == commandId);

    LinkedList<AdmittedCommand> QueueOf(Device device) =>
        waiting.TryGetValue(device, out var queue) ? queue : waiting[device] = [];
}
