using Sophon.Node.Platform.Linux;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux;

public sealed class ProcessActivitySpecs
{
    [Fact]
    public void Name_should_not_confuse_the_fields() =>
        Assert.Equal(new ProcessActivity('S', 75), ProcessActivity.Parse("42 (a) R (b) S 1 42 42 0 -1 4194560 100 0 0 0 30 45 0 0 20 0 1 0 500"));

    [Fact]
    public void Process_that_is_gone_should_have_none() => Assert.Null(ProcessActivity.Read(int.MaxValue));
}
