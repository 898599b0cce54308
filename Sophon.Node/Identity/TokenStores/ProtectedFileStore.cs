using System.Runtime.Versioning;
using System.Text;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Identity.TokenStores.Windows;

namespace Sophon.Node.Identity.TokenStores;

/// <summary>Windows keeps no secrets for programs, but seals them: a file that only this user on this machine can open (DPAPI).</summary>
[SupportedOSPlatform("windows")]
sealed class ProtectedFileStore(NodeHome home) : ITokenStore
{
    public string Name => $"{NodeHome.Show(home.ProtectedTokens)}, sealed by Windows (DPAPI)";

    public void Save(string nodeId, string secret) => Guard(() =>
    {
        PrivateFiles.Replace(FileOf(nodeId), DataProtection.Protect(Encoding.UTF8.GetBytes(secret), Purpose(nodeId)), durable: true);
        return true;
    });

    public string? Load(string nodeId) => Guard(() =>
        File.Exists(FileOf(nodeId)) ? Encoding.UTF8.GetString(DataProtection.Unprotect(File.ReadAllBytes(FileOf(nodeId)), Purpose(nodeId))) : null);

    public void Delete(string nodeId) => Guard(() =>
    {
        PrivateFiles.Delete(FileOf(nodeId));
        return true;
    });

    string FileOf(string nodeId) => Path.Combine(home.ProtectedTokens, Uri.EscapeDataString(nodeId) + ".dpapi");

    static byte[] Purpose(string nodeId) => Encoding.UTF8.GetBytes($"sophon-node {nodeId}");

    T Guard<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IdentityStoreException($"The token in {NodeHome.Show(home.ProtectedTokens)} can't be sealed or opened: {error.Message} Only the Windows user who paired can open it, on the same machine. Pair again as {Environment.UserName}, or with --token-store file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IdentityStoreException($"{NodeHome.Show(home.ProtectedTokens)} can't be used: {error.Message}", error);
        }
    }
}
