namespace Sophon.Node.Actors.CommandRouter.Devices.Helper;

/// <summary>How long to wait before a crashed helper is started again: 0.5 s, doubling, five times; then never.</summary>
public sealed class HelperBackoff
{
    const int Limit = 5;
    static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    int crashes;

    /// <summary>Counts a crash. Null when it has crashed too often.</summary>
    public TimeSpan? NextDelay() => crashes >= Limit ? null : First * Math.Pow(2, crashes++);
}
