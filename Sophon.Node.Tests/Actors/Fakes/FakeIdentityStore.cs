using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>config.json in memory.</summary>
sealed class FakeIdentityStore(NodeIdentity? identity) : INodeIdentityStore
{
    public static readonly NodeIdentity Paired = new(new Uri("http://127.0.0.1:8080"), new NodeToken("abc123", "0123456789abcdef0123456789abcdef"));

    public NodeIdentity? Stored { get; private set; } = identity;

    public IdentityStoreException? SaveFails { get; set; }

    public string Location => "~/.sophon-node/config.json";

    public NodeIdentity? Load() => Stored;

    public void Save(NodeIdentity newIdentity) => Stored = SaveFails is null ? newIdentity : throw SaveFails;

    public void Delete() => Stored = null;
}
