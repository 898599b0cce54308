using Sophon.Gateway.Commands;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Commands;

public class OutputBufferSpecs
{
    static CommandOutput Chunk(int sequence, string text) => new("id", sequence, "stdout", text);

    [Fact]
    public void Output_should_be_in_order_and_each_chunk_once()
    {
        var buffer = new OutputBuffer();
        foreach (var sequence in new[] { 2, 0, 1, 1 }) buffer.Add(Chunk(sequence, $"{sequence}"));
        Assert.Equal("012", string.Concat(buffer.After(-1).Select(chunk => chunk.Text)));
        Assert.Equal("2", string.Concat(buffer.After(1).Select(chunk => chunk.Text)));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(0)]
    public void Flood_should_end_at_the_limit_and_say_so(int size)
    {
        var buffer = new OutputBuffer();
        for (var sequence = 0; sequence < 20_000; sequence++) buffer.Add(Chunk(sequence, new string('x', size)));
        Assert.True(buffer.Truncated);
        Assert.InRange(buffer.After(-1).Sum(chunk => chunk.Text.Length), 0, OutputBuffer.Limit);
        Assert.InRange(buffer.After(-1).Count, 200, 9_000);
    }
}
