using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Audit;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Protocol.Wire;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Audit;

/// <summary><c>sophon-node audit verify</c>: the chain in itself, and against the head that the Gateway keeps.</summary>
static class AuditVerification
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="head">Given by the caller: then the Gateway is not asked.</param>
    public static async Task<ExitCode> RunAsync(CliContext context, AuditHead? head, bool offline, bool asJson)
    {
        var answer = head is null && !offline ? await AskAsync(context) : null;
        var kept = (answer as KeptHeadAnswer.Kept)?.Head;
        var report = AuditReader.Verify(new AuditFolder(context.Home.Audit), head ?? (kept is null ? null : new AuditHead(kept.Sequence, kept.Hash)));
        if (asJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(
                new AuditVerdict(report.Intact, report.Records, report.Head, report.Faults, kept, (answer as KeptHeadAnswer.Unknown)?.Why), AuditJson.Default.AuditVerdict));
        }
        else
        {
            foreach (var fault in report.Faults) context.Error.WriteLine(fault.File is null ? fault.ToString() : fault with { File = NodeHome.Show(fault.File) });
            context.Output.WriteLine(Summary(report));
            context.Output.WriteLine(Tail(report, head, answer));
        }

        return report.Intact ? ExitCode.Success : ExitCode.Problem;
    }

    static async Task<KeptHeadAnswer> AskAsync(CliContext context)
    {
        try
        {
            if (context.Identity.Load() is not { } identity) return new KeptHeadAnswer.Unknown("This machine is not paired, so no Gateway keeps a head of its audit.");
            var connection = ConnectionFile.Read(context.Home);
            if (GatewayAddress.IsInsecure(identity.GatewayUrl) && !connection.AllowInsecureHttp)
                return new KeptHeadAnswer.Unknown($"{GatewayAddress.Show(identity.GatewayUrl)} is plain http to another machine; the token is not sent there.");
            var http = new GatewayHttp(GatewayTrust.Load(connection));
            using var client = http.CreateClient(Patience);
            return await new KeptHeadClient(client, () => http.CertificateProblem).AskAsync(identity);
        }
        catch (Exception error) when (error is SettingsException or IdentityStoreException)
        {
            return new KeptHeadAnswer.Unknown($"The Gateway was not asked: {error.Message}");
        }
    }

    static string Summary(AuditReport report) =>
        !report.Intact ? $"{report.Faults.Count} faults in {report.Records} records."
        : report.Head is null ? "There are no records yet."
        : $"{report.Records} records, nothing changed, dropped or put elsewhere. Head: {report.Head.Sequence}:{report.Head.Hash}";

    static string Tail(AuditReport report, AuditHead? head, KeptHeadAnswer? answer) => answer switch
    {
        KeptHeadAnswer.Kept { Head: var kept } => $"The Gateway was asked: it keeps record {kept.Sequence}, told at {kept.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"
            + (report.Intact ? ", and that is among them." : ".")
            + (kept.CutAt is { } cut ? $" It noticed at {cut.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC that the audit ended earlier or was another one." : ""),
        KeptHeadAnswer.Unknown { Why: var why } => why + " Whether the tail was cut off is not known.",
        _ when head is not null => report.Intact ? "The record that was given (--head) is among them." : "Compared with the record that was given (--head).",
        _ => "The Gateway was not asked (--offline): whether the tail was cut off is not known.",
    };
}

/// <summary>What <c>audit verify --json</c> prints.</summary>
/// <param name="Gateway">The head that the Gateway keeps; absent when it was not asked or told none.</param>
/// <param name="GatewayProblem">Why it told none.</param>
sealed record AuditVerdict(
    bool Intact, int Records, AuditHead? Head, IReadOnlyList<AuditFault> Faults,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KeptAuditHead? Gateway,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GatewayProblem);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(AuditVerdict))]
sealed partial class AuditJson : JsonSerializerContext;
