using Sophon.Gateway.Store.Postgres;

namespace Sophon.Gateway.Store;

/// <summary>Ends a Gateway that finds another one writing its store: what it has in memory is not what the other writes.</summary>
sealed class StoreOwnership(IHostApplicationLifetime lifetime)
{
    /// <summary>Why this Gateway had to stop.</summary>
    public StoreTakenException? Lost { get; private set; }

    /// <summary>While the Gateway starts, its start fails anyway.</summary>
    public void GiveUp(StoreTakenException taken)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested) return;
        Lost = taken;
        lifetime.StopApplication();
    }
}
