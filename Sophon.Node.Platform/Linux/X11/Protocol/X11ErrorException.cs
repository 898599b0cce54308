using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>The error codes of the core protocol (chapter 4).</summary>
enum X11ErrorCode
{
    BadRequest = 1, BadValue, BadWindow, BadPixmap, BadAtom, BadCursor, BadFont, BadMatch, BadDrawable, BadAccess,
    BadAlloc, BadColor, BadGC, BadIdChoice, BadName, BadLength, BadImplementation,
}

/// <summary>The X server refused one request.</summary>
/// <param name="request">The request that caused it, e.g. <c>GetProperty</c>.</param>
/// <param name="code">A core code, or an extension's (128 and up).</param>
/// <param name="badValue">The resource id or value that was wrong, where the code has one.</param>
sealed class X11ErrorException(string request, X11ErrorCode code, uint badValue)
    : PlatformException($"The X server refused {request}: {code} (0x{badValue:x})")
{
    public string Request { get; } = request;

    public X11ErrorCode Code { get; } = code;

    public uint BadValue { get; } = badValue;
}
