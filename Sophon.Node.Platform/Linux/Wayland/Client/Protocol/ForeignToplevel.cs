namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>zwlr_foreign_toplevel_manager_v1</c>: tells every window as it comes.</summary>
sealed class ForeignToplevelManager(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "zwlr_foreign_toplevel_manager_v1";

    readonly Lock gate = new();
    readonly List<ForeignToplevel> toplevels = [];
    int count;

    /// <summary>A snapshot, in the order of their appearance.</summary>
    public IReadOnlyList<ForeignToplevel> Toplevels
    {
        get
        {
            lock (gate) return [.. toplevels];
        }
    }

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        if (opcode != 0) return;
        var toplevel = new ForeignToplevel(Connection, ++count, Remove);
        Connection.Adopt(toplevel, arguments.UInt());
        lock (gate) toplevels.Add(toplevel);
    }

    void Remove(ForeignToplevel toplevel)
    {
        lock (gate) toplevels.Remove(toplevel);
    }
}

/// <summary><c>zwlr_foreign_toplevel_handle_v1</c>: another client's window. The protocol tells neither its place nor its process.</summary>
/// <param name="number">Never given twice on one connection, unlike the protocol's own id.</param>
sealed class ForeignToplevel(WaylandConnection connection, int number, Action<ForeignToplevel> onClosed) : WaylandObject(connection)
{
    public int Number => number;

    public string Title { get; private set; } = "";

    public string AppId { get; private set; } = "";

    public IReadOnlyList<ToplevelState> States { get; private set; } = [];

    public void Maximize() => Send(0);

    public void Unmaximize() => Send(1);

    public void Minimize() => Send(2);

    public void Unminimize() => Send(3);

    public void Activate(Seat seat) => Send(4, seat);

    public void Close() => Send(5);

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        switch (opcode)
        {
            case 0:
                Title = arguments.String();
                break;
            case 1:
                AppId = arguments.String();
                break;
            case 4:
                States = [.. arguments.Words().Select(word => (ToplevelState)word)];
                break;
            case 6:
                onClosed(this);
                Send(7);
                break;
        }
    }
}

enum ToplevelState : uint { Maximized, Minimized, Activated, Fullscreen }
