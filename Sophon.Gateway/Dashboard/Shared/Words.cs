using System.Globalization;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Dashboard.Shared;

/// <summary>How pages write what is the same everywhere.</summary>
static class Words
{
    public static string Of(GatewayRole role) => role.ToString().ToLowerInvariant();

    /// <summary>For the <c>datetime</c> of a time element.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
