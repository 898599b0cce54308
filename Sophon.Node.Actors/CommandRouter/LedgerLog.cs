using Akka.Event;

namespace Sophon.Node.Actors.CommandRouter;

/// <summary>Tells log and event stream what becomes of the ledger: once per change, not per command.</summary>
sealed class LedgerLog(ILoggingAdapter log, EventStream events)
{
    string? trouble;
    int droppedPayloads;
    int droppedResults;

    public void Recovered(LedgerRecovery recovery)
    {
        if (recovery.DamagedBytes > 0)
            log.Warning("The journal was damaged: {0} bytes were skipped, the rest was kept.", recovery.DamagedBytes);
        if (recovery.Interrupted > 0)
            log.Warning("{0} commands were open when the Node's process ended; they are answered unknown.", recovery.Interrupted);
        if (recovery.Untold > 0) log.Info("{0} results wait for the Gateway.", recovery.Untold);
        if (recovery.Trouble is { } problem) log.Error("{0}", problem.Message);
        events.Publish(new NodeEvents.JournalRecovered(recovery.Interrupted, recovery.Untold, recovery.DamagedBytes));
    }

    public void Disowned(int results)
    {
        if (results > 0) log.Warning("{0} results were for another Gateway or Node id, and were dropped.", results);
    }

    public void Watch(CommandLedger ledger)
    {
        if (ledger.JournalTrouble?.Message != trouble)
        {
            trouble = ledger.JournalTrouble?.Message;
            if (trouble is null) log.Info("The journal can be written again.");
            else log.Error("{0} Commands are refused until it can.", trouble);
            events.Publish(new NodeEvents.JournalChanged(trouble));
        }

        if ((ledger.DroppedPayloads, ledger.DroppedResults) == (droppedPayloads, droppedResults)) return;
        (droppedPayloads, droppedResults) = (ledger.DroppedPayloads, ledger.DroppedResults);
        log.Warning("Too much waits for the Gateway: so far {0} results were dropped, and {1} lost their answer.", droppedResults, droppedPayloads);
        events.Publish(new NodeEvents.ResultsDropped(droppedResults, droppedPayloads));
    }
}
