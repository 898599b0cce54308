using System.Net.Sockets;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;

/// <summary>Whether ydotool can work here, and which ydotool it is.</summary>
/// <param name="UinputPath">The kernel's device for input from programs.</param>
/// <param name="SocketPaths">Where its daemon listens, in the order in which it is looked for.</param>
sealed record YdotoolSetup(string UinputPath, IReadOnlyList<string> SocketPaths)
{
    /// <summary>As ydotool itself looks: <c>YDOTOOL_SOCKET</c>, the runtime folder, <c>/tmp</c>.</summary>
    public static YdotoolSetup Of(WaylandEnvironment environment) => new(
        "/dev/uinput",
        [.. new[]
        {
            Environment.GetEnvironmentVariable("YDOTOOL_SOCKET"),
            environment.RuntimeDirectory is { } folder ? Path.Combine(folder, ".ydotool_socket") : null,
            "/tmp/.ydotool_socket",
        }.OfType<string>()]);

    /// <summary>Tells the generations apart by the command that only 0.1 has; asking for help needs no device.</summary>
    /// <exception cref="PlatformException">ydotool is missing, has no device, or lacks its daemon: the message has the cure.</exception>
    public async Task<YdotoolCommands> PrepareAsync(WaylandHelpers helpers, CancellationToken cancellationToken)
    {
        if (ProgramPath.Find("ydotool") is null) throw HelperPackages.Missing("ydotool");

        var help = await helpers.TryRunAsync("ydotool", ["--help"], cancellationToken);
        var isClassic = (help.Text + help.Error).Split('\n').Any(line => line.Trim() == "recorder");
        if (SocketPaths.Any(Listens)) return isClassic ? YdotoolCommands.Classic : YdotoolCommands.Modern;
        if (!isClassic)
        {
            throw new UnsupportedException(
                "Ydotool's daemon does not run for this user. Start it: systemctl --user enable --now ydotool.service (see systemctl --user status ydotool.service), or set platform.wayland.backend = native (or auto), which needs none.");
        }

        if (!File.Exists(UinputPath))
        {
            throw new UnsupportedException(
                $"Ydotool needs {UinputPath}, which this system does not have. Load it: sudo modprobe uinput, or set platform.wayland.backend = native (or auto), which needs none.");
        }

        return MayWrite(UinputPath)
            ? YdotoolCommands.Classic
            : throw new UnsupportedException(
                $"This user may not write to {UinputPath}, which ydotool needs. Run its daemon (sudo apt install ydotoold), or allow it: sudo setfacl -m u:$USER:rw {UinputPath}; or set platform.wayland.backend = native (or auto), which needs neither.");
    }

    static bool MayWrite(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // 0.1 listens with a stream socket, 1.0 with datagrams.
    static bool Listens(string path) => File.Exists(path) && (Connects(path, SocketType.Stream) || Connects(path, SocketType.Dgram));

    static bool Connects(string path, SocketType type)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, type, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
