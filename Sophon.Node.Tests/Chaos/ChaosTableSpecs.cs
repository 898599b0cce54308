using Xunit;

namespace Sophon.Node.Tests.Chaos;

public sealed class ChaosTableSpecs
{
    [Fact]
    public void Rows_should_stand_aligned_in_the_order_of_their_lines() => Assert.Equal(
        """
        | line | what was done | how often | figure        | limit   | holds |
        | ---- | ------------- | --------- | ------------- | ------- | ----- |
        | 2b   | killed        | 1 ×       | 1             | 1       | NO    |
        | 10   | cut           | 2 ×       | 12 s at most  | ≤ 5.0 s | NO    |
        | 11   | cut           | 1 ×       | 0.5 s at most | ≤ 5.0 s | yes   |

        """,
        ChaosTable.Render(
        [
            ChaosRow.Within("11", "cut", [TimeSpan.FromSeconds(0.5)], TimeSpan.FromSeconds(5)),
            ChaosRow.Within("10", "cut", [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(12)], TimeSpan.FromSeconds(5)),
            new ChaosRow("2b", "killed", "1 ×", "1", "1", Holds: false),
        ]), ignoreLineEndingDifferences: true);

    [Fact]
    public void Row_that_does_not_hold_should_fail_its_test() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ChaosTable.AssertHolds([new ChaosRow("1", "nothing", "1 ×", "lost 1", "lost 0", Holds: false)]));
}
