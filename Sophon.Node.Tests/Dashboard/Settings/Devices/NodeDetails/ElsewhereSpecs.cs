using Sophon.Gateway.Dashboard.Settings.Devices.NodeDetails;
using Sophon.Gateway.Nodes;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices.NodeDetails;

public class ElsewhereSpecs
{
    [Theory]
    [InlineData(NodeState.Pending, NodeState.Approved, "approved this node")]
    [InlineData(NodeState.Pending, NodeState.Rejected, "rejected this node")]
    [InlineData(NodeState.Online, NodeState.Revoked, "revoked elsewhere")]
    [InlineData(NodeState.Pending, NodeState.Expired, "has run out")]
    [InlineData(NodeState.Revoked, NodeState.Waiting, "New pairing credentials were made elsewhere")]
    public void Act_of_somebody_else_should_be_said(NodeState before, NodeState now, string words) =>
        Assert.Contains(words, Elsewhere.Sentence(Of(before), Of(now)), StringComparison.Ordinal);

    [Theory]
    [InlineData(NodeState.Waiting, NodeState.Pending)]
    [InlineData(NodeState.Approved, NodeState.Online)]
    [InlineData(NodeState.Online, NodeState.Offline)]
    [InlineData(NodeState.Online, NodeState.Online)]
    public void Course_of_things_should_need_no_words(NodeState before, NodeState now) => Assert.Null(Elsewhere.Sentence(Of(before), Of(now)));

    [Fact]
    public void New_credentials_should_be_said_though_the_state_is_the_same() =>
        Assert.NotNull(Elsewhere.Sentence(Of(NodeState.Waiting, "ABC-123"), Of(NodeState.Waiting, "DEF-456")));

    static NodeView Of(NodeState state, string? code = null) =>
        new("abc", "Desk", "linux", state, [], default, code, null, null, null, [], null, null, null, null, null, null, null, 0);
}
