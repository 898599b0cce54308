using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

static class Rectangles
{
    public static ScreenRectangle Read(NativeRectangle edges) => new(edges.Left, edges.Top, edges.Right - edges.Left, edges.Bottom - edges.Top);
}
