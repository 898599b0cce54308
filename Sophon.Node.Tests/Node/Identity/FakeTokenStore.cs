using Sophon.Node.Actors.Pairing;
using Sophon.Node.Identity.TokenStores;

namespace Sophon.Node.Tests.Node.Identity;

/// <summary>A store in memory.</summary>
sealed class FakeTokenStore : ITokenStore
{
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Why every call fails; null when none does.</summary>
    public string? Refusal { get; set; }

    public int Loads { get; private set; }

    public string Name => "the fake store";

    public void Save(string nodeId, string secret)
    {
        Guard();
        Secrets[nodeId] = secret;
    }

    public string? Load(string nodeId)
    {
        Loads++;
        Guard();
        return Secrets.GetValueOrDefault(nodeId);
    }

    public void Delete(string nodeId)
    {
        Guard();
        Secrets.Remove(nodeId);
    }

    void Guard()
    {
        if (Refusal is not null) throw new IdentityStoreException($"The fake store is {Refusal}.");
    }
}
