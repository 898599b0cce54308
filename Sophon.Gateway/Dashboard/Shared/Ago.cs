namespace Sophon.Gateway.Dashboard.Shared;

/// <summary>How long ago, as people say it. <c>dashboard.js</c> says the same.</summary>
static class Ago
{
    public static string Of(TimeSpan age) => age.TotalSeconds switch
    {
        < 2 => "now",
        < 60 => $"{(int)age.TotalSeconds} s ago",
        < 3600 => $"{(int)age.TotalMinutes} min ago",
        < 172_800 => $"{(int)age.TotalHours} h ago",
        _ => $"{(int)age.TotalDays} days ago",
    };
}
