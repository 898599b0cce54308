namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>
/// A request of the core protocol or of an extension. Field order and sizes are those of the X Window System Protocol
/// (appendix B, "Protocol Encoding") and of each extension's protocol document.
/// </summary>
abstract record Request
{
    /// <summary>The extension it belongs to; null for the core protocol.</summary>
    internal virtual Extension? Extension => null;

    /// <summary>The major opcode of the core protocol, or the minor opcode within the extension.</summary>
    internal abstract byte Opcode { get; }

    /// <summary>The second byte of a core request.</summary>
    internal virtual byte Detail => 0;

    /// <summary>Writes what follows the four header bytes; padding is added.</summary>
    internal virtual void Write(RequestWriter body)
    {
    }
}

/// <summary>A request that the server answers.</summary>
abstract record Request<TReply> : Request
{
    /// <summary>Reads what follows the reply's eight header bytes.</summary>
    internal abstract TReply Read(MessageReader reply);
}

/// <summary>The extensions that the client speaks.</summary>
enum Extension { BigRequests, XTest, Shm, RandR, XFixes, Damage, Xkb, ScreenSaver }

/// <summary>What QueryExtension said: numbers are given out by the server when it starts.</summary>
sealed record ExtensionCodes(byte MajorOpcode, byte FirstEvent, byte FirstError);

static class ExtensionNames
{
    public static string Name(this Extension extension) => extension switch
    {
        Extension.BigRequests => "BIG-REQUESTS",
        Extension.XTest => "XTEST",
        Extension.Shm => "MIT-SHM",
        Extension.RandR => "RANDR",
        Extension.XFixes => "XFIXES",
        Extension.Damage => "DAMAGE",
        Extension.Xkb => "XKEYBOARD",
        Extension.ScreenSaver => "MIT-SCREEN-SAVER",
        _ => throw new ArgumentOutOfRangeException(nameof(extension)),
    };
}
