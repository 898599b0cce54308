using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Logging;

namespace Sophon.Node.Identity;

/// <summary><c>config.json</c>: exactly <c>gatewayUrl</c> and <c>nodeToken</c>. A file that can't be read is never overwritten.</summary>
/// <param name="secrets">Learns each token that is read or written, so that no log can hold it.</param>
sealed class ConfigFile(NodeHome home, SecretRedactor secrets) : INodeIdentityStore
{
    const int LargestBytes = 64 * 1024;
    const string Cure = "Correct it, or delete it and pair again with the command from the Dashboard (Add Node).";

    public string Location => NodeHome.Show(home.Config);

    public NodeIdentity? Load()
    {
        try
        {
            if (Read() is not { } bytes) return null;
            var identity = ConfigFormat.Parse(bytes);
            secrets.Add(identity.Token);
            return identity;
        }
        catch (ConfigFormatException error)
        {
            throw new IdentityStoreException($"{Location}, line {error.Line}, column {error.Column}: {error.Message}. {Cure}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IdentityStoreException($"{Location} can't be read: {error.Message} Make it readable for {Environment.UserName}: chmod 600 {Location}", error);
        }
    }

    public void Save(NodeIdentity identity)
    {
        secrets.Add(identity.Token);

        // Throws on a file that can't be read: what is in it may be worth more than the new token.
        if (File.Exists(home.Config)) Load();
        try
        {
            PrivateFiles.Replace(home.Config, ConfigFormat.Write(identity), durable: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IdentityStoreException($"The token could not be stored in {Location}: {error.Message} Nothing was changed. Free the disk or make {NodeHome.Show(home.Folder)} writable, then pair again.", error);
        }
    }

    public void Delete()
    {
        try
        {
            PrivateFiles.Delete(home.Config);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IdentityStoreException($"{Location} could not be deleted: {error.Message} Delete it by hand.", error);
        }
    }

    byte[]? Read()
    {
        try
        {
            using var file = File.OpenRead(home.Config);
            if (file.Length > LargestBytes) throw new ConfigFormatException(1, 1, $"the file has {file.Length:N0} bytes, and at most {LargestBytes:N0} make sense");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
