using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Where an X server listens, as DISPLAY names it: <c>[host]:display[.screen]</c> (X(7), "Display names").</summary>
/// <param name="Host">Null for this machine's Unix socket.</param>
/// <param name="Number">Chooses the socket <c>/tmp/.X11-unix/X</c><i>n</i> or the TCP port 6000 + <i>n</i>.</param>
/// <param name="Screen">Which of the server's screens; nearly always 0.</param>
sealed record DisplayAddress(string? Host, int Number, int Screen)
{
    const int FirstTcpPort = 6000;
    const int LastTcpDisplay = ushort.MaxValue - FirstTcpPort;

    public static bool TryParse(string display, out DisplayAddress address)
    {
        address = new DisplayAddress(null, 0, 0);
        var colon = display.LastIndexOf(':');
        if (colon < 0) return false;

        var host = display[..colon].Trim('[', ']');
        var numbers = display[(colon + 1)..].Split('.');
        var screen = 0;
        if (numbers.Length > 2 || !TryNumber(numbers[0], out var number)) return false;
        if (numbers.Length == 2 && !TryNumber(numbers[1], out screen)) return false;

        if (host.StartsWith("tcp/", StringComparison.Ordinal)) host = host[4..];
        var local = host is "" or "unix" || host.EndsWith("/unix", StringComparison.Ordinal);
        address = new DisplayAddress(local ? null : host, number, screen);
        return local || number <= LastTcpDisplay;
    }

    /// <summary>What to try, in this order.</summary>
    public IReadOnlyList<EndPoint> EndPoints => Host is null
        // Linux's abstract socket is tried first, as libxcb does: it is there even when /tmp is another namespace's.
        ? [new UnixDomainSocketEndPoint($"\0/tmp/.X11-unix/X{Number}"), new UnixDomainSocketEndPoint($"/tmp/.X11-unix/X{Number}")]
        : [IPAddress.TryParse(Host, out var ip) ? new IPEndPoint(ip, FirstTcpPort + Number) : new DnsEndPoint(Host, FirstTcpPort + Number)];

    public override string ToString() => $"{Host}:{Number}" + (Screen == 0 ? "" : $".{Screen}");

    static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
