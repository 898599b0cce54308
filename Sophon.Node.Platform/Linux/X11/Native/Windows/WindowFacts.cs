using System.Globalization;
using System.Text;
using Sophon.Node.Platform.Linux.X11.Protocol;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>What a frame adds to its window, in pixels (_NET_FRAME_EXTENTS).</summary>
readonly record struct FrameExtents(int Left, int Right, int Top, int Bottom)
{
    public int Width => Left + Right;

    public int Height => Top + Bottom;
}

/// <summary>A top-level window as its properties tell it.</summary>
/// <param name="IsShell">Part of the desktop itself: a panel, or the background.</param>
sealed record WindowFacts(uint Window, WindowInfo Info, FrameExtents Frame, bool MaximizedHorizontally, bool MaximizedVertically, bool Fullscreen, bool IsShell)
{
    const int Iconic = 3;

    public bool Maximized => MaximizedHorizontally && MaximizedVertically;

    /// <summary>Hexadecimal, as every X tool takes it.</summary>
    public static string IdOf(uint window) => $"0x{window:x}";

    /// <exception cref="NotFoundException">The id is no window's.</exception>
    public static uint Parse(string id)
    {
        var hex = id.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(hex ? id.AsSpan(2) : id, hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var window)
            ? window
            : throw new NotFoundException($"There is no window {id}.");
    }

    /// <summary>Asks for everything at once; the answer is null when the window is gone.</summary>
    public static async Task<WindowFacts?> ReadAsync(X11Session session, uint window, uint active, CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        Task<PropertyValue> name, oldName, appClass, pid, extents, states, state, type;
        Task<Geometry> geometry;
        Task<(int X, int Y)> origin;
        using (connection.Hold())
        {
            name = Ask(session[XAtom._NET_WM_NAME]);
            oldName = Ask(PredefinedAtom.WmName);
            appClass = Ask(PredefinedAtom.WmClass);
            pid = Ask(session[XAtom._NET_WM_PID]);
            extents = Ask(session[XAtom._NET_FRAME_EXTENTS]);
            states = Ask(session[XAtom._NET_WM_STATE]);
            state = Ask(session[XAtom.WM_STATE]);
            type = Ask(session[XAtom._NET_WM_WINDOW_TYPE]);
            geometry = connection.RequestAsync(new GetGeometry(window), cancellationToken);
            origin = connection.RequestAsync(new TranslateCoordinates(window, session.Root, 0, 0), cancellationToken);
        }

        try
        {
            await Task.WhenAll(name, oldName, appClass, pid, extents, states, state, type, geometry, origin);
        }
        catch (X11ErrorException e) when (e.Code is X11ErrorCode.BadWindow or X11ErrorCode.BadDrawable)
        {
            return null;
        }

        var atoms = (await states).Words;
        var frame = (await extents).Words is [var left, var right, var top, var bottom] ? new FrameExtents((int)left, (int)right, (int)top, (int)bottom) : default;
        var (size, at) = (await geometry, await origin);
        var title = await name is { Type: not 0 } utf8 ? Encoding.UTF8.GetString(utf8.Value) : Encoding.Latin1.GetString((await oldName).Value);
        var info = new WindowInfo(
            IdOf(window), title, ClassOf((await appClass).Value), (await pid).Words is [var process, ..] ? (int)process : null,
            new ScreenRectangle(at.X - frame.Left, at.Y - frame.Top, size.Width + frame.Width, size.Height + frame.Height),
            Focused: window == active,
            Minimized: Has(XAtom._NET_WM_STATE_HIDDEN) || (await state).Words is [Iconic, ..]);
        return new WindowFacts(window, info, frame,
            Has(XAtom._NET_WM_STATE_MAXIMIZED_HORZ), Has(XAtom._NET_WM_STATE_MAXIMIZED_VERT), Has(XAtom._NET_WM_STATE_FULLSCREEN),
            IsShell: (await type).Words.Intersect([session[XAtom._NET_WM_WINDOW_TYPE_DESKTOP], session[XAtom._NET_WM_WINDOW_TYPE_DOCK]]).Any());

        Task<PropertyValue> Ask(uint property) => connection.RequestAsync(new GetProperty(window, property), cancellationToken);

        bool Has(XAtom atom) => atoms.Contains(session[atom]);
    }

    // WM_CLASS is instance and class, each ended by a zero; the class is the application's name.
    static string ClassOf(byte[] value)
    {
        var parts = Encoding.Latin1.GetString(value).Split('\0');
        return parts.Length > 1 && parts[1].Length > 0 ? parts[1] : parts[0];
    }
}
