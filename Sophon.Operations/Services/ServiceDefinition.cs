namespace Sophon.Operations.Services;

/// <summary>What a service manager is to run.</summary>
/// <param name="Name">The unit's name, e.g. <c>sophon-node</c>.</param>
/// <param name="Label">For managers that name services like domains, e.g. <c>dev.sophon.node</c>.</param>
/// <param name="WindowsName">For Windows, e.g. <c>SophonNode</c>.</param>
/// <param name="Description">One line, for people.</param>
/// <param name="CommandLine">Absolute path of the program, then its arguments.</param>
public sealed record ServiceDefinition(string Name, string Label, string WindowsName, string Description, IReadOnlyList<string> CommandLine)
{
    /// <summary>Variables that the service needs beyond what its manager gives it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Exit codes after which another start would end the same way.</summary>
    public IReadOnlyList<int> FinalExitCodes { get; init; } = [];

    /// <summary>After SIGTERM, before the manager kills.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Without a sign of life for this long the manager starts it anew; null for a program that gives none.</summary>
    public TimeSpan? Watchdog { get; init; }

    /// <summary>It shows or drives the desktop: the manager must know the session's display.</summary>
    public bool NeedsDesktop { get; init; }

    /// <summary>What it starts goes on when it ends.</summary>
    public bool ChildrenOutlive { get; init; }

    /// <summary>Where files of the service itself may go; absolute.</summary>
    public string StateFolder { get; init; } = "";
}

public enum ServiceVerb { Install, Start, Stop, Restart, Status, Uninstall }
