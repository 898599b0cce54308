using System.Globalization;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>The layout as RANDR tells it; a server without RANDR 1.5 has one monitor.</summary>
sealed class Monitors
{
    readonly Dictionary<uint, string> names = [];

    public static async Task<MonitorLayout> ReadAsync(X11Session session, CancellationToken cancellationToken)
    {
        var entries = session.HasMonitors
            ? await session.Connection.RequestAsync(new GetMonitors(session.Root), cancellationToken)
            : [];
        if (entries.Count == 0)
        {
            var root = await session.Connection.RequestAsync(new GetGeometry(session.Root), cancellationToken);
            return new MonitorLayout([new MonitorInfo("screen", true, new ScreenRectangle(0, 0, root.Width, root.Height), 1.0, "screen")]);
        }

        var known = session.Part(_ => new Monitors());
        var monitors = new List<MonitorInfo>();
        foreach (var entry in entries)
        {
            var name = await known.NameAsync(session.Connection, entry.Name, cancellationToken);
            // X11 scales in the toolkits, not in the server: a pixel is a pixel.
            monitors.Add(new MonitorInfo(name, entry.Primary || (entry == entries[0] && !entries.Any(other => other.Primary)), new ScreenRectangle(entry.X, entry.Y, entry.Width, entry.Height), 1.0, name));
        }

        return new MonitorLayout(monitors);
    }

    async ValueTask<string> NameAsync(X11Connection connection, uint atom, CancellationToken cancellationToken)
    {
        lock (names)
        {
            if (names.TryGetValue(atom, out var known)) return known;
        }

        string name;
        try
        {
            name = await connection.RequestAsync(new GetAtomName(atom), cancellationToken);
        }
        catch (X11ErrorException)
        {
            name = atom.ToString(CultureInfo.InvariantCulture);
        }

        lock (names) return names[atom] = name;
    }
}
