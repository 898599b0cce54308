namespace Sophon.Node.Actors;

/// <summary>Whether a difference between this machine's clock and the Gateway's is worth a word: once, and again when it has changed.</summary>
public sealed class ClockSkew
{
    /// <summary>The pairing page's limit for "Waiting for approval" to work at all.</summary>
    static readonly TimeSpan Largest = TimeSpan.FromMinutes(1);

    TimeSpan told;

    /// <summary>True when the clocks differ by more than a minute, and by more than a minute from what was told last.</summary>
    /// <param name="difference">Our clock minus the Gateway's; null when that is not known.</param>
    public bool ShouldWarnOf(TimeSpan? difference)
    {
        if (difference is not { } skew || (skew - told).Duration() <= Largest) return false;
        told = skew;
        return skew.Duration() > Largest;
    }
}
