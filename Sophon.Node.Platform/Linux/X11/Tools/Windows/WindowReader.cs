using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Tools;

/// <summary>Asks the window manager and X for windows (Extended Window Manager Hints).</summary>
sealed class WindowReader(X11Helpers helpers)
{
    const int Attempts = 6;

    /// <summary>All managed windows, lowest first.</summary>
    public async Task<IReadOnlyList<WindowFacts>> ReadAllAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var root = await ReadRootAsync(cancellationToken);
            var places = await ReadPlacesAsync(cancellationToken);
            var reads = await Task.WhenAll(root.Windows.Select(id => ReadAsync(id, root, places, cancellationToken)));
            // A window that closed meanwhile makes the round stale, not the call.
            if (Array.TrueForAll(reads, read => read is not null) || attempt == Attempts)
                return [.. reads.OfType<WindowFacts>().Where(window => !window.IsShell)];
        }
    }

    /// <summary>One window; null when it is gone.</summary>
    public async Task<WindowFacts?> ReadAsync(uint id, CancellationToken cancellationToken)
    {
        var root = await ReadRootAsync(cancellationToken);
        return root.Windows.Contains(id) ? await ReadAsync(id, root, await ReadPlacesAsync(cancellationToken), cancellationToken) : null;
    }

    async Task<WindowFacts?> ReadAsync(uint id, Root root, IReadOnlyDictionary<uint, ScreenRectangle> places, CancellationToken cancellationToken)
    {
        if (!places.TryGetValue(id, out var place)) return null;
        var properties = await helpers.TryRunAsync("xprop", ["-id", WindowId.Format(id), "-notype", .. WindowFacts.Properties], cancellationToken);
        return properties.Succeeded ? WindowFacts.Read(id, properties.Text, place, root.Active == id) : null;
    }

    // xwininfo gives up when any window at all, a tooltip for example, vanishes while it walks the tree.
    async Task<IReadOnlyDictionary<uint, ScreenRectangle>> ReadPlacesAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tree = await helpers.TryRunAsync("xwininfo", ["-root", "-tree"], cancellationToken);
            if (tree.Succeeded) return WindowTree.Parse(tree.Text);
            if (attempt == Attempts) throw tree.ToException();
        }
    }

    async Task<Root> ReadRootAsync(CancellationToken cancellationToken)
    {
        var text = new XpropText((await helpers.RunAsync(
            "xprop", ["-root", "-notype", "_NET_SUPPORTING_WM_CHECK", "_NET_ACTIVE_WINDOW", "_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST"], cancellationToken)).Text);
        if (text.WindowIds("_NET_SUPPORTING_WM_CHECK") is not [var manager, ..] || !await IsAliveAsync(manager, cancellationToken))
            throw new UnsupportedException($"No window manager runs on the display {helpers.DisplayName}, so windows can't be listed or moved. Start one, for example openbox.");

        var windows = text.WindowIds("_NET_CLIENT_LIST_STACKING");
        return new Root(windows.Count > 0 ? windows : text.WindowIds("_NET_CLIENT_LIST"), text.WindowIds("_NET_ACTIVE_WINDOW") is [var active, ..] ? active : 0);
    }

    // The root keeps the properties of a window manager that died; its own window is gone with it.
    async Task<bool> IsAliveAsync(uint manager, CancellationToken cancellationToken) =>
        (await helpers.TryRunAsync("xprop", ["-id", WindowId.Format(manager), "-notype", "_NET_SUPPORTING_WM_CHECK"], cancellationToken)).Succeeded;

    sealed record Root(IReadOnlyList<uint> Windows, uint Active);
}
