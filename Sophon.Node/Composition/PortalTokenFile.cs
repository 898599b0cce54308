using System.Text;
using Serilog;
using Sophon.Node.Files;
using Sophon.Node.Platform.Linux.Wayland;

namespace Sophon.Node.Composition;

/// <summary>The portal's <c>restore_token</c> in <c>state/portal-token</c>, 0600: whoever has it drives the desktop without a question.</summary>
sealed class PortalTokenFile(NodeHome home) : IPortalTokenStore
{
    const int LongestToken = 4096;

    public string Location => NodeHome.Show(home.PortalToken);

    public string? Read()
    {
        try
        {
            return File.Exists(home.PortalToken) && File.ReadAllText(home.PortalToken).Trim() is { Length: > 0 and <= LongestToken } token ? token : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.Warning("{File} can't be read, so the person is asked again: {Reason}", Location, error.Message);
            return null;
        }
    }

    public void Write(string token)
    {
        try
        {
            PrivateFiles.Replace(home.PortalToken, Encoding.UTF8.GetBytes(token), durable: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.Warning("{File} can't be written, so the person is asked again after the next start: {Reason}", Location, error.Message);
        }
    }
}
