using System.ComponentModel;
using System.Runtime.InteropServices;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Windows;

/// <summary>Errors from the last P/Invoke.</summary>
static class WindowsErrors
{
    public static ActionFailedException Last(string what)
    {
        var code = Marshal.GetLastPInvokeError();
        // Some calls fail without a code.
        return new ActionFailedException(code == 0 ? $"{what}." : $"{what}: {new Win32Exception(code).Message} (error {code}).");
    }
}
