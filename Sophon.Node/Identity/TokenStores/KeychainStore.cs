using System.Text;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Identity.TokenStores;

/// <summary>The login keychain of macOS through <c>security</c>(1).</summary>
sealed class KeychainStore(NodeHome home, StoreTool tools) : ITokenStore
{
    const string Tool = "security";

    /// <summary>errSecItemNotFound (-25300) as an exit code.</summary>
    const int NotFound = 44;

    public string Name => "the login keychain";

    string Service => $"Sophon Node in {home.Folder}";

    public void Save(string nodeId, string secret)
    {
        // -i reads commands from standard input, and -X takes the secret in hex: so it stands in no process list, and needs no quoting.
        var command = $"add-generic-password -U -s {Quoted(Service)} -a {Quoted(nodeId)} -X {Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))}\n";
        var stored = tools.Run(Name, Tool, ["-i"], command);

        // -i ends with 0 whatever its commands did: only reading back tells.
        if (!stored.Succeeded || Load(nodeId) != secret) throw Unusable(stored);
    }

    public string? Load(string nodeId)
    {
        var found = tools.Run(Name, Tool, ["find-generic-password", "-s", Service, "-a", nodeId, "-w"]);
        return found.Succeeded ? found.Text.TrimEnd('\n') : found.ExitCode == NotFound ? null : throw Unusable(found);
    }

    public void Delete(string nodeId)
    {
        var deleted = tools.Run(Name, Tool, ["delete-generic-password", "-s", Service, "-a", nodeId]);
        if (!deleted.Succeeded && deleted.ExitCode != NotFound) throw Unusable(deleted);
    }

    static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    IdentityStoreException Unusable(HelperResult result) => new(
        $"{StoreTool.Capital(Name)} can't be used: {(result.Succeeded ? "it did not keep the token" : result.ToException().Message.TrimEnd('.'))}. Unlock it (security unlock-keychain), or pair with --token-store file.");
}
