using System.Text.Json;
using Sophon.Node.Actors.CommandRouter;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class DeviceQueuesSpecs
{
    static AdmittedCommand Command(string id, string type = "input.keyboard.press")
    {
        var definition = CommandCatalog.Find(type)!;
        var parameters = JsonSerializer.SerializeToElement(type == "input.keyboard.press" ? new { keys = "a" } : (object)new { });
        Assert.True(ParameterValidator.TryRead(definition, parameters, out var arguments, out _));
        return new AdmittedCommand(id, definition, arguments, TimeSpan.FromSeconds(1), 0);
    }

    [Fact]
    public void Commands_should_leave_in_order_one_at_a_time()
    {
        var queues = new DeviceQueues(10);
        foreach (var id in new[] { "a", "b" }) Assert.True(queues.TryAdd(Command(id)));
        Assert.Equal("a", queues.TakeNext(Device.Input)!.CommandId);
        Assert.Null(queues.TakeNext(Device.Input));
        Assert.False(queues.End(Device.Input, "b"));
        Assert.True(queues.End(Device.Input, "a"));
        Assert.Equal("b", queues.TakeNext(Device.Input)!.CommandId);
    }

    [Fact]
    public void Limit_should_count_the_running_command_and_hold_per_device()
    {
        var queues = new DeviceQueues(2);
        Assert.True(queues.TryAdd(Command("a")));
        queues.TakeNext(Device.Input);
        Assert.True(queues.TryAdd(Command("b")));
        Assert.False(queues.TryAdd(Command("c")));
        Assert.True(queues.TryAdd(Command("d", "system.info")));
    }

    [Fact]
    public void Waiting_commands_should_be_removable_and_running_ones_not()
    {
        var queues = new DeviceQueues(10);
        foreach (var id in new[] { "a", "b", "c" }) queues.TryAdd(Command(id));
        queues.TakeNext(Device.Input);
        Assert.Null(queues.RemoveWaiting("a"));
        Assert.Equal("b", queues.RemoveWaiting("b")!.CommandId);
        Assert.Equal(["c"], queues.RemoveAllWaiting().Select(command => command.CommandId));
        Assert.Equal("a", queues.FindRunning("a")!.CommandId);
    }
}
