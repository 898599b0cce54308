using Sophon.Gateway.Approvals;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Hosting;

/// <summary>The settings of the section <c>Gateway</c>: appsettings.json, the environment (<c>Gateway__PublicUrl</c>), the command line.</summary>
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

    /// <exception cref="GatewayStartException">A value can't be used; the message names the setting.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Gateway");
        var defaults = new GatewaySettings();
        return new GatewaySettings
        {
            Listen = section["Listen"] ?? defaults.Listen,
            PublicUrl = ReadUrl(section["PublicUrl"]),
            KeepFullResults = Read(section, "KeepFullResults", false, "true or false", value => bool.TryParse(value, out var flag) ? flag : null),
            Retention = TimeSpan.FromDays(Read(section, "RetentionDays", 30, "a whole number of days, 1 to 3650", value => Whole(value, 1, 3650))),
            AuditRetention = TimeSpan.FromDays(Read(section, "AuditRetentionDays", 365, "a whole number of days, 1 to 3650", value => Whole(value, 1, 3650))),
            Approvals = ReadApprovals(configuration.GetSection("Gateway:Approvals")),
            SessionTime = TimeSpan.FromHours(Read(section, "SessionHours", 12, "a whole number of hours, 1 to 720", value => Whole(value, 1, 720))),
            ResultGrace = TimeSpan.FromSeconds(Read(section, "ResultGraceSeconds", 15, "a whole number of seconds, 1 to 600", value => Whole(value, 1, 600))),
        };
    }

    static ApprovalSettings ReadApprovals(IConfigurationSection section) => new()
    {
        ExecuteNeedsPerson = Read(section, "Execute", true, "person or none", value => value switch { "person" => true, "none" => false, _ => (bool?)null }),
        Role = Read(section, "Role", GatewayRole.Operator, "operator or administrator", value => value switch { "operator" => GatewayRole.Operator, "administrator" => GatewayRole.Administrator, _ => (GatewayRole?)null }),
        AnotherPerson = Read(section, "AnotherPerson", false, "true or false", value => bool.TryParse(value, out var flag) ? flag : null),
        Expiry = TimeSpan.FromSeconds(Read(section, "ExpirySeconds", 300, "a whole number of seconds, 10 to 3600", value => Whole(value, 10, 3600))),
    };

    static T Read<T>(IConfigurationSection section, string name, T otherwise, string takes, Func<string, T?> read) where T : struct =>
        section[name] is not { } value ? otherwise
        : read(value) ?? throw new GatewayStartException($"The setting {section.Path}:{name} is \"{value}\"; it takes {takes}.");

    static int? Whole(string value, int low, int high) => int.TryParse(value, out var number) && number >= low && number <= high ? number : null;

    static Uri? ReadUrl(string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        return Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? url
            : throw new GatewayStartException($"The setting Gateway:PublicUrl is \"{value}\"; it takes an address like https://gw.example.com.");
    }
}

/// <summary>The Gateway can't start; the message says why, where, and what to do.</summary>
public sealed class GatewayStartException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Where Nodes are told to find the Gateway.</summary>
sealed class GatewayUrls(GatewaySettings settings)
{
    /// <summary>Without a slash at the end.</summary>
    public string For(HttpRequest request) =>
        (settings.PublicUrl?.ToString() ?? $"{request.Scheme}://{request.Host}{request.PathBase}").TrimEnd('/');
}
