using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Identity.TokenStores;

/// <summary>The freedesktop Secret Service (GNOME Keyring, KWallet, KeePassXC) through libsecret's <c>secret-tool</c>.</summary>
sealed class SecretServiceStore(NodeHome home, StoreTool tools) : ITokenStore
{
    const string Tool = "secret-tool";

    public string Name => "the Secret Service of this session";

    public void Save(string nodeId, string secret)
    {
        // Without a newline: secret-tool stores what it reads.
        var stored = tools.Run(Name, Tool, ["store", $"--label=Sophon Node {nodeId}", .. Attributes(nodeId)], secret);
        if (!stored.Succeeded) throw Unusable(stored);
        if (Load(nodeId) != secret) throw new IdentityStoreException($"{StoreTool.Capital(Name)} took the token and does not give it back. Pair with --token-store file.");
    }

    public string? Load(string nodeId)
    {
        var found = tools.Run(Name, Tool, ["lookup", .. Attributes(nodeId)]);

        // It ends with 1 for "nothing found" as for "no service"; only the latter says something.
        return found.Succeeded ? found.Text.TrimEnd('\n') is { Length: > 0 } secret ? secret : null
            : found.Error.Trim().Length == 0 ? null
            : throw Unusable(found);
    }

    public void Delete(string nodeId)
    {
        var cleared = tools.Run(Name, Tool, ["clear", .. Attributes(nodeId)]);
        if (!cleared.Succeeded && cleared.Error.Trim().Length > 0) throw Unusable(cleared);
    }

    string[] Attributes(string nodeId) => ["application", "sophon-node", "node", nodeId, "folder", home.Folder];

    IdentityStoreException Unusable(HelperResult result) => new(
        $"{StoreTool.Capital(Name)} can't be used: {result.ToException().Message.TrimEnd('.')}. It has to run (gnome-keyring, KWallet, KeePassXC) and be unlocked, on the bus that DBUS_SESSION_BUS_ADDRESS names; a service without a desktop has none. Pair with --token-store file there.");
}
