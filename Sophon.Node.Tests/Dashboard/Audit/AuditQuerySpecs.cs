using Sophon.Gateway.Dashboard.Audit;
using Sophon.Gateway.Store;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Audit;

public sealed class AuditQuerySpecs
{
    [Fact]
    public void Times_should_be_utc_and_the_export_have_the_same_filter()
    {
        var query = new AuditQuery(" anna ", "", "commandAsked", "2026-11-24T20:15", null);
        Assert.Equal(("anna", null, new DateTimeOffset(2026, 11, 24, 20, 15, 0, TimeSpan.Zero)), (query.Filter.User, query.Filter.Node, query.Filter.From!.Value));
        Assert.Equal([AuditAction.CommandAsked], query.Filter.Actions);
        Assert.Equal("api/audit/export?format=csv&user=anna&action=commandAsked&from=2026-11-24T20%3A15%3A00.0000000%2B00%3A00", query.Export("csv"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("999")]
    [InlineData("")]
    public void What_an_address_has_that_is_no_filter_should_count_as_none(string odd)
    {
        var filter = new AuditQuery(null, null, odd, odd, odd).Filter;
        Assert.True(filter is { Actions: null, To: null });
    }
}
