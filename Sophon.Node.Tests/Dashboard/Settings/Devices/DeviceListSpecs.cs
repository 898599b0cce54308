using Sophon.Gateway.Dashboard.Settings.Devices;
using Sophon.Gateway.Nodes;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices;

public class DeviceListSpecs
{
    readonly DeviceList list = new();

    public DeviceListSpecs() => list.Update([Of("1", "beta", NodeState.Online), Of("2", "Alpha", NodeState.Offline), Of("3", "zeta", NodeState.Pending)]);

    [Fact]
    public void List_should_show_who_waits_for_an_approval_first_and_the_rest_by_name() => Assert.Equal(["zeta", "Alpha", "beta"], Names());

    [Fact]
    public void Change_should_replace_the_row_and_its_count()
    {
        list.Update([Of("3", "zeta", NodeState.Approved)]);
        Assert.Equal(["Alpha", "beta", "zeta"], Names());
        Assert.Equal((0, 1), (list.CountOf(NodeState.Pending), list.CountOf(NodeState.Approved)));
    }

    [Fact]
    public void Removed_node_should_be_gone()
    {
        list.Update([("2", null)]);
        Assert.Equal(["zeta", "beta"], Names());
        Assert.Equal((2, 0), (list.Count, list.CountOf(NodeState.Offline)));
    }

    [Fact]
    public void Search_and_filter_should_hold_for_what_comes_later()
    {
        list.Narrow(" ETA ", NodeState.Online);
        Assert.Equal(["beta"], Names());
        list.Update([Of("4", "theta", NodeState.Online), Of("5", "gamma", NodeState.Online)]);
        Assert.Equal(["beta", "theta"], Names());
        Assert.Equal(3, list.CountOf(NodeState.Online));
    }

    static (string, DeviceRow?) Of(string id, string name, NodeState state) => (id, new DeviceRow(id, name, "linux", state, null, "1.0.0", "", null, null, name));

    List<string> Names() => [.. list.Shown.Select(row => row.Name)];
}
