using System.Runtime.InteropServices;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>One argument of a request, of one of the wire format's types.</summary>
/// <remarks>https://wayland.freedesktop.org/docs/html/ch04.html#sect-Protocol-Wire-Format</remarks>
readonly struct Argument
{
    Argument(ArgumentKind kind, uint value, object? reference)
    {
        Kind = kind;
        Value = value;
        Reference = reference;
    }

    public ArgumentKind Kind { get; }

    public uint Value { get; }

    /// <summary>The string, the object or the descriptor.</summary>
    public object? Reference { get; }

    public static implicit operator Argument(int value) => new(ArgumentKind.Number, (uint)value, null);

    public static implicit operator Argument(uint value) => new(ArgumentKind.Number, value, null);

    public static implicit operator Argument(string value) => new(ArgumentKind.String, 0, value);

    /// <summary>A reference to an object that exists.</summary>
    public static implicit operator Argument(WaylandObject? value) => new(ArgumentKind.Object, 0, value);

    /// <summary>An object that the request creates; it gets its id while the request is sent.</summary>
    public static Argument New(WaylandObject value) => new(ArgumentKind.NewObject, 0, value);

    /// <summary>A descriptor; the caller keeps its own copy and closes it.</summary>
    public static Argument Descriptor(SafeHandle handle) => new(ArgumentKind.Descriptor, 0, handle);

    /// <summary>A 24.8 fixed-point number.</summary>
    public static Argument Fixed(double value) => (int)Math.Round(value * 256);
}

enum ArgumentKind { Number, String, Object, NewObject, Descriptor }
