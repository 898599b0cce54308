namespace Sophon.Gateway.Metrics;

/// <summary>Who may read <c>/metrics</c>.</summary>
public enum MetricsAccess
{
    /// <summary>Who asks from this machine, and not through a proxy.</summary>
    Loopback,

    /// <summary>Who has an API token, from anywhere.</summary>
    Token,

    /// <summary>Nobody; there is no such page.</summary>
    Off,
}
