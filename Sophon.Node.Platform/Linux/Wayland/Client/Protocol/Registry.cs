namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <param name="Name">The number to bind it by.</param>
/// <param name="Interface">E.g. <c>wl_output</c>.</param>
/// <param name="Version">The highest that the compositor speaks.</param>
readonly record struct Global(uint Name, string Interface, uint Version);

/// <summary><c>wl_registry</c>: what the compositor offers now.</summary>
sealed class Registry(WaylandConnection connection) : WaylandObject(connection)
{
    readonly Lock gate = new();
    readonly List<Global> globals = [];

    /// <summary>A snapshot.</summary>
    public IReadOnlyList<Global> Globals
    {
        get
        {
            lock (gate) return [.. globals];
        }
    }

    /// <summary>Binds <paramref name="target"/> to a global, at most in <paramref name="version"/>.</summary>
    public T Bind<T>(Global global, uint version, T target)
        where T : WaylandObject =>
        Create(target, 0, global.Name, global.Interface, Math.Min(global.Version, version), Argument.New(target));

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        lock (gate)
        {
            if (opcode == 0)
            {
                globals.Add(new Global(arguments.UInt(), arguments.String(), arguments.UInt()));
            }
            else
            {
                var name = arguments.UInt();
                globals.RemoveAll(global => global.Name == name);
            }
        }
    }
}
