using System.Text.Json;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Protocol.Wire;

/// <summary>What travels, letter for letter: a change here breaks Nodes and Gateways in the field.</summary>
public sealed class WireSnapshotSpecs
{
    [Fact]
    public void Heartbeat_should_have_its_public_fields_first() => Assert.Equal(
        """{"nodeId":"n1","status":"online","uptime":5,"platform":"linux","version":"1.0.0","cpuPercent":0.5,"memoryMb":40.5,"sessionState":"active","paused":false,"queueDepth":0,"capabilities":[]}""",
        JsonSerializer.Serialize(new Heartbeat("n1", "online", 5, "linux", "1.0.0", 0.5, 40.5, Capabilities: []), ProtocolJson.Default.Heartbeat));

    [Fact]
    public void Heartbeat_should_carry_the_head_of_the_audit() => Assert.EndsWith(
        ""","auditHead":{"sequence":7,"hash":"ab"}}""",
        JsonSerializer.Serialize(new Heartbeat("n1", "online", 5, "linux", "1.0.0", 0.5, 40.5, AuditHead: new AuditHead(7, "ab")), ProtocolJson.Default.Heartbeat),
        StringComparison.Ordinal);

    [Fact]
    public void Result_should_leave_out_what_it_has_not() => Assert.Equal(
        """{"commandId":"c","nodeId":"n","status":"timedOut","error":{"code":"timedOut","message":"late"},"startedAt":"1970-01-01T00:00:00+00:00","durationMs":1.5}""",
        JsonSerializer.Serialize(
            new CommandResult("c", "n", CommandStatus.TimedOut, null, new CommandError(ErrorCode.TimedOut, "late"), DateTimeOffset.UnixEpoch, 1.5),
            ProtocolJson.Default.CommandResult));

    [Fact]
    public void Pair_request_should_have_its_public_names() => Assert.StartsWith(
        """{"nodeId":"n","pairingSecret":"s_1",""", JsonSerializer.Serialize(new PairRequest("n", "s_1"), ProtocolJson.Default.PairRequest), StringComparison.Ordinal);

    [Fact]
    public void Pending_answer_should_be_exactly_the_public_one() => Assert.Equal(
        """{"status":"pending","pairingCode":"ABC-123"}""", JsonSerializer.Serialize(new PairResponse(PairStatus.Pending, "ABC-123"), ProtocolJson.Default.PairResponse));

    [Fact]
    public void What_is_ours_should_keep_its_names_too()
    {
        Assert.Equal("""{"commandId":"c","answerWithinSeconds":70}""", JsonSerializer.Serialize(new CommandAwaitingConsent("c", 70), ProtocolJson.Default.CommandAwaitingConsent));
        Assert.Equal(
            """{"sequence":7,"hash":"ab","seenAt":"1970-01-01T00:00:00+00:00"}""",
            JsonSerializer.Serialize(new KeptAuditHead(7, "ab", DateTimeOffset.UnixEpoch), ProtocolJson.Default.KeptAuditHead));
        Assert.Equal(
            """{"status":"rejected","reason":"r","code":"claimedElsewhere"}""",
            JsonSerializer.Serialize(new PairResponse(PairStatus.Rejected, Reason: "r", Code: PairCodes.ClaimedElsewhere), ProtocolJson.Default.PairResponse));
    }

    [Fact]
    public void Unknown_fields_should_be_ignored_and_numbers_refused_as_enums()
    {
        Assert.Equal("pending", JsonSerializer.Deserialize("""{"status":"pending","new":1}""", ProtocolJson.Default.PairResponse)!.Status);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"code":1,"message":"m"}""", ProtocolJson.Default.CommandError));
    }
}
