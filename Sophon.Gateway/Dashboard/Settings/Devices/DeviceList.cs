using Sophon.Gateway.Nodes;

namespace Sophon.Gateway.Dashboard.Settings.Devices;

/// <summary>The rows of one open page: all of them by id, and those that search and filter leave, in order.</summary>
public sealed class DeviceList
{
    readonly Dictionary<string, DeviceRow> rows = [];
    readonly Dictionary<NodeState, int> counts = [];

    public string Search { get; private set; } = "";

    /// <summary>Null: all.</summary>
    public NodeState? Filter { get; private set; }

    public IReadOnlyList<DeviceRow> Shown { get; private set; } = [];

    public int Count => rows.Count;

    public int CountOf(NodeState state) => counts.GetValueOrDefault(state);

    public void Narrow(string search, NodeState? filter)
    {
        (Search, Filter) = (search.Trim(), filter);
        Arrange();
    }

    /// <summary>Takes in what changed.</summary>
    /// <param name="changes">Null where the node was removed.</param>
    public void Update(IEnumerable<(string NodeId, DeviceRow? Row)> changes)
    {
        foreach (var (nodeId, row) in changes)
        {
            if (row is null) rows.Remove(nodeId);
            else rows[nodeId] = row;
        }

        Arrange();
    }

    void Arrange()
    {
        counts.Clear();
        foreach (var row in rows.Values) counts[row.State] = CountOf(row.State) + 1;
        Shown = [.. rows.Values.Where(IsShown)
            .OrderBy(row => row.State == NodeState.Pending ? 0 : 1) // somebody waits at that machine
            .ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.NodeId, StringComparer.Ordinal)];
    }

    bool IsShown(DeviceRow row) =>
        (Filter is null || row.State == Filter) && (Search.Length == 0 || row.Found.Contains(Search, StringComparison.OrdinalIgnoreCase));
}
