using System.Text.Json;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Wire;
using Xunit;

namespace Sophon.Node.Tests.Protocol.Wire;

public sealed class ImageMessageSpecs
{
    static readonly byte[] Image = [0xff, 0xd8, 1, 2, 3];

    static readonly CommandResult Result = new(
        "c", "n", CommandStatus.Succeeded, JsonSerializer.SerializeToElement(new { sizeBytes = 5, format = "jpeg" }), null, DateTimeOffset.UnixEpoch, 1.5) { Image = Image };

    static byte[] Message => [.. ImageMessage.Head(Result), .. Image];

    [Fact]
    public void Message_should_be_read_as_it_was_written()
    {
        var read = ImageMessage.Read(Message);
        Assert.Equal(("c", "n", CommandStatus.Succeeded, 5), (read.CommandId, read.NodeId, read.Status, read.Result!.Value.GetProperty("sizeBytes").GetInt32()));
        Assert.Equal(Image, read.Image!.Value.ToArray());
    }

    [Fact]
    public void Length_that_does_not_fit_should_be_refused()
    {
        for (var length = 0; length < Message.Length - Image.Length; length++) Assert.Throws<FormatException>(() => ImageMessage.Read(Message.AsMemory(0, length)));
        Assert.Throws<FormatException>(() => ImageMessage.Read(new byte[] { 255, 255, 255, 255, 1 }));
        Assert.Throws<FormatException>(() => ImageMessage.Read(new byte[] { 2, 0, 0, 0, (byte)'{', (byte)'}' }));
    }

    [Fact]
    public void Fallback_should_be_the_result_with_base64_in_it()
    {
        var json = JsonSerializer.Serialize(new ResultWithImage(Result), ProtocolJson.Default.ResultWithImage);
        Assert.Equal(
            """{"commandId":"c","nodeId":"n","status":"succeeded","result":{"image":"/9gBAgM=","sizeBytes":5,"format":"jpeg"},"startedAt":"1970-01-01T00:00:00+00:00","durationMs":1.5}""", json);
        Assert.Equal(Image, JsonSerializer.Deserialize(json, ProtocolJson.Default.CommandResult)!.Result!.Value.GetProperty("image").GetBytesFromBase64());
    }
}
