using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>One cookie of an X authority file. Layout: Xau's <c>AuFileToAddr</c>, all numbers big-endian.</summary>
/// <param name="Family">0 = IPv4, 6 = IPv6, 256 = this machine by host name, 65535 = any.</param>
sealed record AuthorityEntry(int Family, byte[] Address, string Display, string Protocol, byte[] Cookie);

/// <summary>The cookies of <c>XAUTHORITY</c> or <c>~/.Xauthority</c>.</summary>
sealed class AuthorityFile(IReadOnlyList<AuthorityEntry> entries)
{
    public const string MagicCookie = "MIT-MAGIC-COOKIE-1";

    const int FamilyInternet = 0, FamilyInternet6 = 6, FamilyLocal = 256, FamilyWild = 65535;

    public IReadOnlyList<AuthorityEntry> Entries { get; } = entries;

    /// <summary>Reads the file; one that is missing or unreadable holds no cookie (the server then decides).</summary>
    public static AuthorityFile Load(string? path)
    {
        path ??= Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".Xauthority");
        try
        {
            return new AuthorityFile(Parse(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AuthorityFile([]);
        }
    }

    /// <summary>Reads entries up to the first one that is cut off.</summary>
    public static IReadOnlyList<AuthorityEntry> Parse(ReadOnlySpan<byte> file)
    {
        var entries = new List<AuthorityEntry>();
        while (file.Length >= 2)
        {
            var family = BinaryPrimitives.ReadUInt16BigEndian(file);
            file = file[2..];
            if (!TryTake(ref file, out var address) || !TryTake(ref file, out var display)
                || !TryTake(ref file, out var protocol) || !TryTake(ref file, out var cookie)) break;
            entries.Add(new AuthorityEntry(family, address.ToArray(), Encoding.Latin1.GetString(display), Encoding.Latin1.GetString(protocol), cookie.ToArray()));
        }

        return entries;
    }

    /// <summary>The cookie for a display, or null.</summary>
    /// <param name="address">The display.</param>
    /// <param name="hostName">This machine's name, under which local displays are filed.</param>
    /// <param name="remote">The server's address over TCP, null over the Unix socket.</param>
    public byte[]? FindCookie(DisplayAddress address, string hostName, IPAddress? remote) =>
        Entries.FirstOrDefault(entry => entry.Protocol == MagicCookie
            && (entry.Display.Length == 0 || entry.Display == address.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))
            && Matches(entry, hostName, remote))?.Cookie;

    static bool Matches(AuthorityEntry entry, string hostName, IPAddress? remote) => entry.Family switch
    {
        FamilyWild => true,
        // Loopback counts as local: xauth files 127.0.0.1:n under the host's name.
        FamilyLocal => (remote is null || IPAddress.IsLoopback(remote)) && Encoding.Latin1.GetString(entry.Address) == hostName,
        FamilyInternet or FamilyInternet6 => remote is not null && entry.Address.AsSpan().SequenceEqual(remote.GetAddressBytes()),
        _ => false,
    };

    static bool TryTake(ref ReadOnlySpan<byte> file, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (file.Length < 2) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(file);
        if (file.Length < 2 + length) return false;
        field = file.Slice(2, length);
        file = file[(2 + length)..];
        return true;
    }
}
