using System.Text.Json;
using NSubstitute;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter.Devices.Screen;

/// <summary>Captures of a screen that tells nothing of changes: they are told by the pixels.</summary>
public sealed class ScreenActorSpecs : NodeTreeSpec
{
    byte drawn;

    public ScreenActorSpecs() => Desktop.Screen.CaptureAsync(default, default).ReturnsForAnyArgs(call =>
    {
        var area = call.Arg<ScreenRectangle>();
        var pixels = new byte[area.Width * area.Height * 4];
        if (pixels.Length > 0) pixels[^1] = drawn;
        return new PixelImage(area.Width, area.Height, pixels);
    });

    JsonElement Capture(object parameters, string type = "screen.capture") => Run(type, parameters).Result!.Value;

    static string IdOf(JsonElement capture) => capture.GetProperty("captureId").GetString()!;

    static bool IsUnchanged(JsonElement capture) => capture.TryGetProperty("unchanged", out var unchanged) && unchanged.GetBoolean();

    [Fact]
    public void Unchanged_pixels_should_be_told_without_an_image_and_changed_ones_sent()
    {
        StartOnlineNode();
        var id = IdOf(Capture(new { }));
        var again = Run("screen.capture", new { ifChangedSince = id, quality = 30 });
        Assert.True(IsUnchanged(again.Result!.Value));
        Assert.Equal((id, null), (IdOf(again.Result.Value), again.Image));

        drawn++;
        var changed = Run("screen.capture", new { ifChangedSince = id });
        Assert.Equal((false, 3), (IsUnchanged(changed.Result!.Value), changed.Image!.Value.Length));
        Assert.NotEqual(id, IdOf(changed.Result.Value));
        Assert.True(IsUnchanged(Capture(new { ifChangedSince = IdOf(changed.Result.Value) })));
        Assert.False(IsUnchanged(Capture(new { ifChangedSince = id })));
    }

    [Fact]
    public void Capture_of_another_area_and_an_unknown_one_should_be_no_comparison()
    {
        StartOnlineNode();
        var id = IdOf(Capture(new { }));
        Assert.False(IsUnchanged(Capture(new { ifChangedSince = id, x = 0, y = 0, width = 10, height = 10 }, "screen.region")));
        Assert.False(IsUnchanged(Capture(new { ifChangedSince = "nobody" })));
    }

    [Fact]
    public void Pointer_should_be_unsupported_where_the_screen_can_not_draw_it()
    {
        StartOnlineNode();
        Assert.Equal(ErrorCode.Unsupported, Run("screen.capture", new { cursor = true }).Error!.Code);
        AssertSucceeded("screen.capture", new { cursor = false });
    }

    [Fact]
    public void Pixels_should_be_given_back_once_encoded()
    {
        var lease = Substitute.For<IDisposable>();
        Desktop.Screen.CaptureAsync(default, default).ReturnsForAnyArgs(new PixelImage(1, 1, new byte[4]) { Lease = lease });
        StartOnlineNode();
        AssertSucceeded("screen.capture");
        lease.Received(1).Dispose();
    }
}
