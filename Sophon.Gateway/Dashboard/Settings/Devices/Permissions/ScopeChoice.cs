using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Dashboard.Settings.Devices.Permissions;

/// <summary>The permissions ticked on one open page, against those that count.</summary>
public sealed class ScopeChoice
{
    HashSet<string> ticked;
    HashSet<string> counting;

    public ScopeChoice(IEnumerable<string> scopes)
    {
        counting = [.. scopes];
        ticked = [.. counting];
    }

    public bool IsChanged => !ticked.SetEquals(counting);

    /// <summary>Somebody else changed what counts while changes were ticked here.</summary>
    public bool IsOvertaken { get; private set; }

    public IReadOnlyList<string> Ticked => [.. ticked.Order(StringComparer.Ordinal)];

    public bool Has(string scope) => ticked.Contains(scope);

    /// <summary>Full access has it, ticked or not.</summary>
    public bool IsCovered(string scope) => scope != Scopes.NodeCommand && Has(Scopes.NodeCommand);

    public void Set(string scope, bool on)
    {
        if (on) ticked.Add(scope);
        else ticked.Remove(scope);
    }

    /// <summary>Takes in what counts now; what was ticked here is kept.</summary>
    public void Update(IReadOnlyList<string> scopes)
    {
        if (counting.SetEquals(scopes)) return;
        var changed = IsChanged;
        counting = [.. scopes];
        if (!changed) ticked = [.. scopes];
        IsOvertaken = IsChanged;
    }

    public void Discard() => (ticked, IsOvertaken) = ([.. counting], false);
}
