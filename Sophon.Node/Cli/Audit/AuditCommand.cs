using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sophon.Node.Audit;
using Sophon.Node.Cli.Help;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Cli.Audit;

/// <summary><c>sophon-node audit show｜verify</c>: what this Node was asked and what became of it, and whether the record of it is whole.</summary>
static partial class AuditCommand
{
    public static Command Create(CliContext context)
    {
        var last = new Option<int>("--last") { Description = "How many records, newest last.", DefaultValueFactory = _ => 20 };
        var showJson = new Option<bool>("--json") { Description = "The records as they are stored, one JSON object a line." };
        var show = new ExampleCommand(
            "show", "Shows the last records of the audit.",
            ("sophon-node audit show", "the last 20"),
            ("sophon-node audit show --last 100000 --json | jq 'select(.status == \"denied\")'", "for scripts"))
        { last, showJson };
        show.SetAction((result, _) => context.RunAsync(() => Task.FromResult(Show(context, result.GetValue(last), result.GetValue(showJson)))));

        var head = new Option<string?>("--head") { Description = "Compare with this record, and don't ask the Gateway.", HelpName = "sequence:hash" };
        var offline = new Option<bool>("--offline") { Description = "Don't ask the Gateway for the head that it keeps; then a cut tail can't be found." };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var verify = new ExampleCommand(
            "verify", "Finds whether any record was changed, dropped, doubled, put elsewhere or cut off. Exit code 1 when so.",
            ("sophon-node audit verify", "against the head that the Gateway keeps"),
            ("sophon-node audit verify --offline", "the chain alone"),
            ("sophon-node audit verify --head 1042:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "against a head that was noted down"))
        { head, offline, json };
        verify.SetAction((result, _) => context.RunAsync(() => VerifyAsync(context, result.GetValue(head), result.GetValue(offline), result.GetValue(json))));

        return new ExampleCommand("audit", "The record of what was asked of this Node, sealed by a chain of hashes.", ("sophon-node audit verify", "is it whole?")) { show, verify };
    }

    static ExitCode Show(CliContext context, int count, bool asJson)
    {
        foreach (var line in AuditReader.Last(new AuditFolder(context.Home.Audit), Math.Max(0, count)))
            context.Output.WriteLine(asJson ? line : Describe(line));
        return ExitCode.Success;
    }

    static Task<ExitCode> VerifyAsync(CliContext context, string? headText, bool offline, bool asJson)
    {
        AuditHead? head = null;
        return headText is not null && !TryReadHead(headText, out head)
            ? Task.FromResult(context.Fail(ExitCode.Usage, $"--head takes a sequence number, a colon and 64 hexadecimal digits; not \"{headText}\"."))
            : AuditVerification.RunAsync(context, head, offline, asJson);
    }

    static bool TryReadHead(string text, out AuditHead? head)
    {
        var match = HeadText().Match(text);
        head = match.Success && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new AuditHead(sequence, match.Groups[2].Value.ToLowerInvariant()) : null;
        return head is not null;
    }

    static string Describe(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var facts = root.EnumerateObject().Where(property => property.Name is not ("sequence" or "previous" or "at" or "event" or "hash")).Select(property => $"{property.Name}={property.Value}");
            return $"{root.GetProperty("sequence").GetInt64(),6} {root.GetProperty("at").GetDateTimeOffset().ToLocalTime():yyyy-MM-dd HH:mm:ss.fff} {root.GetProperty("event").GetString(),-16} {string.Join(' ', facts)}".TrimEnd();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return $"     ? {line}";
        }
    }

    [GeneratedRegex("^([0-9]{1,18}):([0-9a-fA-F]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex HeadText();
}
