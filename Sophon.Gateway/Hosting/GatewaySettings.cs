using System.Net;
using Sophon.Gateway.Approvals;
using Sophon.Gateway.Metrics;

namespace Sophon.Gateway.Hosting;

/// <summary>The Gateway's settings. appsettings.json explains each to who sets them; nobody else reads the configuration.</summary>
public sealed record GatewaySettings
{
    /// <summary>
    /// This machine only: the Gateway speaks plain HTTP unless it is given a certificate, and tokens don't belong on a network in the clear.
    /// </summary>
    public const string DefaultListen = "http://localhost:8080";

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Listen { get; init; } = DefaultListen;

    /// <summary>Where Nodes reach the Gateway; the address that a request came to when absent.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The path that the Gateway's own begin after, e.g. <c>/sophon</c>; empty at the root.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>For the https addresses of <see cref="Listen"/>.</summary>
    public CertificateSettings? Certificate { get; init; }

    /// <summary>Who may read <c>/metrics</c>.</summary>
    public MetricsAccess Metrics { get; init; } = MetricsAccess.Loopback;

    /// <summary>Keep images, clipboard, typed text and program output in the store after they have been delivered.</summary>
    public bool KeepFullResults { get; init; }

    /// <summary>How long commands are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the audit is kept.</summary>
    public TimeSpan AuditRetention { get; init; } = TimeSpan.FromDays(365);

    public ApprovalSettings Approvals { get; init; } = new();

    /// <summary>How long a person stays signed in without using the Dashboard.</summary>
    public TimeSpan SessionTime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How long past a command's own timeout the Gateway waits for its result: longer than a Node takes to end what hangs (10 s).
    /// </summary>
    public TimeSpan ResultGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Of PostgreSQL, with its password; SQLite in the data folder when absent.</summary>
    internal string? ConnectionString { get; init; }

    /// <exception cref="GatewayStartException">A value can't be used, or a name is unknown; the message names the setting.</exception>
    public static GatewaySettings Read(IConfiguration configuration) => Read(new SettingReader(configuration));

    internal static GatewaySettings Read(SettingReader reader)
    {
        var settings = new GatewaySettings
        {
            Listen = reader.Text("Gateway:Listen") ?? DefaultListen,
            PublicUrl = reader.Object("Gateway:PublicUrl", null, "an address like https://gw.example.com", ReadUrl),
            PathBase = reader.Object("Gateway:PathBase", "", "a path like /sophon", ReadPath),
            TrustedProxies = reader.Object("Gateway:TrustedProxies", [], "addresses and networks like 127.0.0.1, 10.0.0.0/8", ReadNetworks),
            Certificate = CertificateSettings.Read(reader),
            Metrics = reader.Value("Gateway:Metrics", MetricsAccess.Loopback, "loopback, token or off", value => Enum.TryParse<MetricsAccess>(value, ignoreCase: true, out var access) && Enum.IsDefined(access) ? access : null),
            KeepFullResults = reader.Flag("Gateway:KeepFullResults", false),
            Retention = TimeSpan.FromDays(reader.Whole("Gateway:RetentionDays", 30, 1, 3650, "days")),
            AuditRetention = TimeSpan.FromDays(reader.Whole("Gateway:AuditRetentionDays", 365, 1, 3650, "days")),
            Approvals = ApprovalSettings.Read(reader),
            SessionTime = TimeSpan.FromHours(reader.Whole("Gateway:SessionHours", 12, 1, 720, "hours")),
            ResultGrace = TimeSpan.FromSeconds(reader.Whole("Gateway:ResultGraceSeconds", 15, 1, 600, "seconds")),
            ConnectionString = reader.Text("ConnectionStrings:Gateway"),
        };
        reader.RefuseUnknown("Gateway");
        return settings;
    }

    static Uri? ReadUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 ? url : null;

    static string? ReadPath(string value) =>
        value.StartsWith('/') && value.All(c => char.IsAsciiLetterOrDigit(c) || "/-._~".Contains(c, StringComparison.Ordinal)) && !value.Contains("//", StringComparison.Ordinal) ? value.TrimEnd('/') : null;

    static List<IPNetwork>? ReadNetworks(string value)
    {
        var networks = value.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadNetwork).ToList();
        return networks.TrueForAll(network => network is not null) ? [.. networks.Select(network => network!.Value)] : null;
    }

    static IPNetwork? ReadNetwork(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}

/// <summary>The Gateway can't start; the message says why, where, and what to do.</summary>
public sealed class GatewayStartException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Where Nodes are told to find the Gateway.</summary>
sealed class GatewayUrls(GatewaySettings settings)
{
    /// <summary>Without a slash at the end.</summary>
    public string For(HttpRequest request) => For($"{request.Scheme}://{request.Host}{request.PathBase}");

    /// <inheritdoc cref="For(HttpRequest)"/>
    /// <param name="seen">The address at which the asker reached the Gateway.</param>
    public string For(string seen) => (settings.PublicUrl?.ToString() ?? seen).TrimEnd('/');
}
