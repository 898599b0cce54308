using System.Diagnostics.Metrics;
using System.Text.Json;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Metrics;

/// <summary>The Gateway's own measurements, in OpenTelemetry's names and units. docs/gateway.md lists them.</summary>
sealed class GatewayMetrics
{
    public const string MeterName = "Sophon.Gateway";

    /// <summary>Seconds: from a few milliseconds to a command's longest timeout.</summary>
    static readonly InstrumentAdvice<double> CommandTimes = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] };

    readonly Counter<long> heartbeats;
    readonly Counter<long> commands;
    readonly Histogram<double> commandDuration;
    readonly Counter<long> pairingAttempts;
    readonly Counter<long> hubFaults;
    readonly TimeProvider time;

    public GatewayMetrics(IMeterFactory meters, NodeConnections connections, CommandLedger ledger, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("sophon.gateway.nodes.connected", () => connections.All.Count(connection => connection.IsAlive), "{node}", "Nodes that are online.");
        meter.CreateObservableUpDownCounter("sophon.gateway.commands.open", () => ledger.All.Count(), "{command}", "Commands without a final status.");
        heartbeats = meter.CreateCounter<long>("sophon.gateway.heartbeats", "{heartbeat}", "Heartbeats of Nodes.");
        commands = meter.CreateCounter<long>("sophon.gateway.commands", "{command}", "Commands that are over, by sophon.command.type and sophon.command.status.");
        commandDuration = meter.CreateHistogram("sophon.gateway.command.duration", "s", "From a command's acceptance, or its approval, to its final status, by sophon.command.type.", advice: CommandTimes);
        pairingAttempts = meter.CreateCounter<long>("sophon.gateway.pairing.attempts", "{attempt}", "Polls of the pair command, by sophon.pairing.outcome: pending, approved, rejected, expired, unauthorized, tooManyAttempts.");
        hubFaults = meter.CreateCounter<long>("sophon.gateway.hub.faults", "{fault}", "Hub methods that failed by a fault of the Gateway, by sophon.hub.method.");
    }

    public void Heartbeat() => heartbeats.Add(1);

    /// <summary>A command has its final status.</summary>
    public void Ended(OpenCommand command, CommandRecord final)
    {
        var type = KeyValuePair.Create<string, object?>("sophon.command.type", final.Type);
        commands.Add(1, type, KeyValuePair.Create<string, object?>("sophon.command.status", JsonNamingPolicy.CamelCase.ConvertName(final.Status.ToString())));
        commandDuration.Record(time.GetElapsedTime(command.Stamp).TotalSeconds, type);
    }

    public void PairingAttempt(string outcome) => pairingAttempts.Add(1, KeyValuePair.Create<string, object?>("sophon.pairing.outcome", outcome));

    public void HubFault(string method) => hubFaults.Add(1, KeyValuePair.Create<string, object?>("sophon.hub.method", method));
}
