using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Identity;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Identity;

public sealed class IdentityStoreSpecs : IDisposable
{
    const string Secret = "a1b2c3d4e5f6a7b8c9d0";
    static readonly NodeIdentity Identity = new(new Uri("https://gw.example.com"), new NodeToken("abc123", Secret));
    static readonly ConnectionSettings InOs = new(TokenStore: TokenStoreKind.Os);

    readonly TestFolder folder = new();
    readonly NodeHome home;
    readonly FakeTokenStore os = new();
    readonly SecretRedactor secrets = new();

    public IdentityStoreSpecs() => home = new NodeHome(folder.File("home"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Secret_in_the_operating_systems_store_should_leave_config_json_valid_and_without_it()
    {
        Pairing(InOs).Save(Identity);
        var text = File.ReadAllText(home.Config);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.Equal("abc123", new ConfigFile(home, new SecretRedactor()).Load()!.Token.NodeId);
        Assert.Equal(Identity, Store().Load());
        Assert.Equal("a [redacted] b", secrets.Redact($"a {Secret} b"));
    }

    [Fact]
    public void Secret_in_config_json_should_count_whatever_connection_conf_says()
    {
        Pairing(InOs).Save(Identity);
        var plain = Identity with { Token = new NodeToken("abc123", "put-here-by-hand") };
        new ConfigFile(home, secrets).Save(plain);
        Assert.Equal(plain, Store().Load());
    }

    [Fact]
    public void Store_should_be_asked_once_in_a_process()
    {
        Pairing(InOs).Save(Identity);
        var store = Store();
        var asked = os.Loads;
        store.Load();
        store.Load();
        Assert.Equal(asked + 1, os.Loads);
    }

    [Fact]
    public void Status_should_not_need_the_store()
    {
        Pairing(InOs).Save(Identity);
        os.Refusal = "locked";
        Assert.True(IdentityStore.IsElsewhere(Store().Peek()!.Token));
        Assert.Contains("locked", Assert.Throws<IdentityStoreException>(() => Store().Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_that_is_gone_should_be_an_error_with_the_cure()
    {
        Pairing(InOs).Save(Identity);
        os.Secrets.Clear();
        Assert.Contains("pair again", Assert.Throws<IdentityStoreException>(() => Store().Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_that_refuses_should_leave_the_old_pairing_as_it_was()
    {
        Pairing(ConnectionSettings.Default).Save(Identity);
        os.Refusal = "locked";
        Assert.Throws<IdentityStoreException>(() => Pairing(InOs).Save(Identity with { Token = new NodeToken("other", "0123456789") }));
        Assert.Equal(Identity, Store().Load());
        Assert.False(File.Exists(home.ConnectionConf));
    }

    [Fact]
    public void Next_pairing_should_clear_what_the_store_held()
    {
        Pairing(InOs).Save(Identity);
        Pairing(InOs).Save(Identity with { Token = new NodeToken("other", "0123456789") });
        Assert.Equal(["other"], os.Secrets.Keys);
        Pairing(ConnectionSettings.Default).Save(Identity);
        Assert.Empty(os.Secrets);
        Assert.Equal(Identity, Store().Load());
    }

    [Fact]
    public void Pairing_should_replace_an_identity_whose_secret_is_lost()
    {
        Pairing(InOs).Save(Identity);
        os.Secrets.Clear();
        var pairing = Pairing(ConnectionSettings.Default);
        Assert.NotNull(pairing.Load());
        pairing.Save(Identity);
        Assert.Equal(Identity, Store().Load());
    }

    [Fact]
    public void Deleting_should_leave_nothing()
    {
        Pairing(InOs).Save(Identity);
        Store().Delete();
        Assert.Empty(os.Secrets);
        Assert.Empty(Directory.GetFiles(home.Folder));
        Assert.Null(Store().Load());
    }

    IdentityStore Store() => new(home, secrets, os);

    IdentityStore Pairing(ConnectionSettings told) => new(home, secrets, os, told);
}
