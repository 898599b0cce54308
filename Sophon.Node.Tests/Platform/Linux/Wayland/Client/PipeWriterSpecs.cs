using Sophon.Node.Platform.Linux.Wayland.Client;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Client;

public sealed class PipeWriterSpecs
{
    static readonly byte[] Megabytes = new byte[4 * 1024 * 1024];

    [Fact]
    public async Task All_should_arrive_at_a_reader_that_reads()
    {
        var (reader, writer) = DescriptorPair.Create();
        using (reader)
        {
            var written = Task.Run(() =>
            {
                using (writer) return PipeWriter.Write(writer, Megabytes, TimeSpan.FromSeconds(30));
            });
            var total = 0;
            var buffer = new byte[65536];
            while (await reader.ReceiveAsync(buffer) is > 0 and var count) total += count;

            Assert.True(await written);
            Assert.Equal(Megabytes.Length, total);
        }
    }

    [Fact]
    public async Task A_reader_that_stands_still_should_be_given_up()
    {
        var (reader, writer) = DescriptorPair.Create();
        using (reader)
        using (writer)
        {
            Assert.False(await Task.Run(() => PipeWriter.Write(writer, Megabytes, TimeSpan.FromMilliseconds(50))).WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public void A_reader_that_left_should_end_it()
    {
        var (reader, writer) = DescriptorPair.Create();
        reader.Dispose();
        using (writer) Assert.False(PipeWriter.Write(writer, Megabytes, TimeSpan.FromSeconds(30)));
    }
}
