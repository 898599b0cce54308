using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland;
using Sophon.Node.Platform.Linux.X11.Protocol;

namespace Sophon.Node.Platform.Linux.Session;

/// <summary>Looks for display servers: those that the environment names, or, where it names none, this user's own.</summary>
/// <param name="variable">The Node's environment.</param>
/// <param name="x11Sockets">Where X servers put their sockets.</param>
/// <param name="user">Whose displays are looked for. Root's Node looks for none: it has no desktop of its own.</param>
[SupportedOSPlatform("linux")]
public sealed class DisplayScan(Func<string, string?> variable, string x11Sockets, uint user)
{
    const string Sockets = "/tmp/.X11-unix";

    public static DisplayScan OfThisProcess() => new(Environment.GetEnvironmentVariable, Sockets, Native.LibC.GetUserId());

    public DisplayFacts Look()
    {
        string? type = Text("XDG_SESSION_TYPE"), wayland = Text("WAYLAND_DISPLAY"), x11 = Text("DISPLAY");
        var runtime = RuntimeFolder();
        List<DisplayCandidate> found = [];
        if (wayland is not null) found.Add(new(DisplayKind.Wayland, wayland, true, WaylandListens(wayland, runtime)));
        if (x11 is not null) found.Add(new(DisplayKind.X11, x11, true, X11Listens(x11)));

        // "wayland" without a name: the compositor is in the runtime folder, or will be.
        if (wayland is null && type == "wayland" && runtime is not null) found.Add(new(DisplayKind.Wayland, runtime, true, new WaylandEnvironment(runtime, null, null, null).SocketCandidates.Any(Listens)));
        if (found.Count == 0 && user != 0) found.AddRange(Owned(runtime));
        return new(type, found);
    }

    /// <summary>XDG_RUNTIME_DIR, or where systemd has it: a service that was started outside the session lacks the variable.</summary>
    public string? RuntimeFolder() => Text("XDG_RUNTIME_DIR") ?? ($"/run/user/{user}" is var usual && Directory.Exists(usual) ? usual : null);

    IEnumerable<DisplayCandidate> Owned(string? runtime)
    {
        if (runtime is not null)
        {
            foreach (var path in new WaylandEnvironment(runtime, null, null, null).SocketCandidates.Where(path => IsMine(path) && Listens(path)))
                yield return new(DisplayKind.Wayland, path, false, true);
        }

        if (!Directory.Exists(x11Sockets)) yield break;

        // Some display managers run the X server as root: whether it lets this user in, its cookie decides.
        var owned = from path in Directory.EnumerateFiles(x11Sockets, "X*")
                    let owner = OwnerOf(path)
                    where (owner == user || owner == 0) && Listens(path)
                    orderby owner != user, path
                    select new DisplayCandidate(DisplayKind.X11, ":" + Path.GetFileName(path)[1..], false, true);
        foreach (var candidate in owned) yield return candidate;
    }

    bool IsMine(string path) => OwnerOf(path) == user;

    static uint? OwnerOf(string path)
    {
        const int Offset = 20;
        Span<byte> status = stackalloc byte[256];
        return Native.LibC.Statx(Native.LibC.AtCurrentFolder, path, 0, Native.LibC.StatxOwner, status) == 0 ? MemoryMarshal.Read<uint>(status[Offset..]) : null;
    }

    static bool WaylandListens(string name, string? runtime) =>
        Path.IsPathRooted(name) ? Listens(name) : runtime is not null && Listens(Path.Combine(runtime, name));

    static bool X11Listens(string display) =>
        DisplayAddress.TryParse(display, out var address) && (address.Host is not null || address.EndPoints.Any(Connects));

    static bool Listens(string path) => Connects(new UnixDomainSocketEndPoint(path));

    static bool Connects(System.Net.EndPoint at)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            socket.Connect(at);
            return true;
        }
        catch (SocketException error)
        {
            // A server that is busy has a full queue; one that is dead refuses.
            return error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress;
        }
    }

    string? Text(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
