using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Identity.TokenStores;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Identity;

/// <summary>
/// The identity in config.json, and its secret there too or in a store of the operating system. Either way config.json is the same
/// two fields: in place of a secret that lies elsewhere it has <see cref="Elsewhere"/>.
/// </summary>
/// <param name="pairing">Saved with the identity; null outside of pairing.</param>
sealed class IdentityStore(NodeHome home, SecretRedactor secrets, ITokenStore osStore, ConnectionSettings? pairing = null) : INodeIdentityStore
{
    /// <summary>No Gateway makes such a secret: they are random.</summary>
    const string Elsewhere = "kept-by-the-operating-system";

    readonly ConnectionSettings connection = pairing ?? ConnectionSettings.Default;
    readonly ConfigFile file = new(home, secrets);

    // Asking the store starts a program, which no actor should wait for.
    NodeToken? known;

    public string Location => file.Location;

    public string StoreName => osStore.Name;

    /// <summary>Where the person is told that the token is.</summary>
    public string SavedTo => connection.TokenStore == TokenStoreKind.Os ? osStore.Name : file.Location;

    public static bool IsElsewhere(NodeToken token) => token.Secret == Elsewhere;

    /// <summary>As config.json has it: asks no store, so the secret may be <see cref="Elsewhere"/>.</summary>
    public NodeIdentity? Peek() => file.Load();

    public NodeIdentity? Load()
    {
        var identity = file.Load();

        // What is about to be replaced need not be usable.
        if (identity is null || pairing is not null || !IsElsewhere(identity.Token)) return identity;
        if (known?.NodeId == identity.Token.NodeId) return identity with { Token = known };
        if (osStore.Load(identity.Token.NodeId) is not { } secret)
            throw new IdentityStoreException($"{Location} says that the token of Node {identity.Token.NodeId} is in {osStore.Name}, and it is not there. Unlock the store that it was put into, or pair again.");
        known = identity.Token with { Secret = secret };
        secrets.Add(known);
        return identity with { Token = known };
    }

    public void Save(NodeIdentity identity)
    {
        secrets.Add(identity.Token);
        var before = file.Load();
        if (connection.TokenStore == TokenStoreKind.Os) osStore.Save(identity.Token.NodeId, identity.Token.Secret);
        SaveConnection();
        file.Save(connection.TokenStore == TokenStoreKind.Os ? identity with { Token = identity.Token with { Secret = Elsewhere } } : identity);
        known = identity.Token;

        // Last, since until config.json is replaced the old identity holds.
        if (before is not null && IsElsewhere(before.Token) && (connection.TokenStore != TokenStoreKind.Os || before.Token.NodeId != identity.Token.NodeId)) TryForget(before.Token.NodeId);
    }

    public void Delete()
    {
        if (PeekOrNull() is { } identity && IsElsewhere(identity.Token)) osStore.Delete(identity.Token.NodeId);
        file.Delete();
        try
        {
            PrivateFiles.Delete(home.ConnectionConf);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IdentityStoreException($"{NodeHome.Show(home.ConnectionConf)} could not be deleted: {error.Message} Delete it by hand.", error);
        }

        known = null;
    }

    void SaveConnection()
    {
        try
        {
            ConnectionFile.Write(home, connection);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IdentityStoreException($"{NodeHome.Show(home.ConnectionConf)} could not be written: {error.Message} Nothing was changed. Free the disk or make {NodeHome.Show(home.Folder)} writable, then pair again.", error);
        }
    }

    void TryForget(string nodeId)
    {
        try
        {
            osStore.Delete(nodeId);
        }
        catch (IdentityStoreException)
        {
            // The new pairing holds, and the old secret is dead once its Node is revoked.
        }
    }

    NodeIdentity? PeekOrNull()
    {
        try
        {
            return file.Load();
        }
        catch (IdentityStoreException)
        {
            return null;
        }
    }
}
