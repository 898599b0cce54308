namespace Sophon.Node.Actors.GatewayConnection.Hub.LiveView;

/// <summary>
/// The JPEG quality of what moves, by how long the last frames took to reach a viewer: steps down fast where the way is slow, up slowly where
/// there is room. What has come to rest is sent once more at <see cref="Rest"/>. Pure; not thread-safe.
/// </summary>
public sealed class AdaptiveQuality
{
    public const int Lowest = 30;

    /// <summary>The quality that nothing is improved past.</summary>
    public const int Rest = 80;

    const int First = 65;
    const int Down = 10;
    const int Up = 3;

    // A frame that is taken within two of a 30-per-second view's intervals keeps up; one within half an interval leaves room.
    static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(66), Fast = TimeSpan.FromMilliseconds(16);

    /// <summary>1–100, as libjpeg counts.</summary>
    public int Current { get; private set; } = First;

    /// <param name="onTheWay">From sending a frame until a viewer had been sent it.</param>
    public void Taken(TimeSpan onTheWay)
    {
        if (onTheWay > Slow) Current = Math.Max(Lowest, Current - Down);
        else if (onTheWay < Fast) Current = Math.Min(Rest, Current + Up);
    }
}
