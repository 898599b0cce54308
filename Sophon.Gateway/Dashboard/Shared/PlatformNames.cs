namespace Sophon.Gateway.Dashboard.Shared;

static class PlatformNames
{
    /// <summary>As its maker writes it.</summary>
    public static string Of(string platform) => platform switch
    {
        "windows" => "Windows",
        "macos" => "macOS",
        "linux" => "Linux",
        _ => platform,
    };
}
