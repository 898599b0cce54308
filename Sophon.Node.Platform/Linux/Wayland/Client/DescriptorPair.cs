using System.ComponentModel;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Sophon.Node.Platform.Linux.Wayland.Native;

namespace Sophon.Node.Platform.Linux.Wayland.Client;

/// <summary>A pipe whose reading end can be awaited and cancelled: .NET reads anonymous pipes by blocking a thread, sockets not.</summary>
static class DescriptorPair
{
    public static unsafe (Socket Reader, SafeFileHandle Writer) Create()
    {
        var descriptors = stackalloc int[2];
        if (LibC.SocketPair(LibC.UnixFamily, LibC.StreamCloseOnExec, 0, descriptors) != 0) throw new Win32Exception();
        return (new Socket(new SafeSocketHandle(descriptors[0], ownsHandle: true)), new SafeFileHandle(descriptors[1], ownsHandle: true));
    }
}
