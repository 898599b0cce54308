using Sophon.Node.Settings;

namespace Sophon.Node.Policy;

/// <summary>Reads a policy.conf.</summary>
static class PolicyText
{
    const int LargestBytes = 1024 * 1024;

    /// <summary>Null when there is no such file. Opens it instead of asking whether it exists: a folder that may not be looked into must not pass for an empty one.</summary>
    /// <exception cref="SettingsException">It can't be read, or is too large.</exception>
    public static string? Read(string path, string shown)
    {
        try
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.BaseStream.Length > LargestBytes
                ? throw new SettingsException($"{shown} has {file.BaseStream.Length:N0} bytes, and at most {LargestBytes:N0} make sense.")
                : file.ReadToEnd();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{shown} can't be read: {error.Message} Make it readable for {Environment.UserName}, or delete it.");
        }
    }
}
