using Sophon.Node.Actors.Pairing;

namespace Sophon.Node.Identity.TokenStores;

/// <summary>A store of the operating system for the secret half of the token, which only this user's session opens.</summary>
interface ITokenStore
{
    /// <summary>E.g. <c>the Secret Service of this session</c>.</summary>
    string Name { get; }

    /// <exception cref="IdentityStoreException">It is not there, locked, or refuses; the message has the cure.</exception>
    void Save(string nodeId, string secret);

    /// <returns>Null when it holds none for this Node.</returns>
    /// <exception cref="IdentityStoreException">It is not there, locked, or refuses; the message has the cure.</exception>
    string? Load(string nodeId);

    /// <summary>Does nothing when there is none.</summary>
    /// <exception cref="IdentityStoreException">It is not there, locked, or refuses; the message has the cure.</exception>
    void Delete(string nodeId);
}
