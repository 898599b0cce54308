using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Identity.TokenStores;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Identity.TokenStores;

/// <summary>Against a real gnome-keyring on a bus of its own.</summary>
[Trait("kind", "real")]
public sealed class SecretServiceStoreSpecs : IDisposable
{
    const string Secret = "s3cr3t-\"'\\$(x)-a1b2c3d4";

    readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Secret_should_be_kept_given_back_replaced_and_removed()
    {
        await using var keyring = await KeyringService.StartAsync();
        var store = Store(keyring.Variables);
        Assert.Null(store.Load("abc123"));
        store.Save("abc123", Secret);
        Assert.Equal(Secret, store.Load("abc123"));
        store.Save("abc123", "another-one");
        Assert.Equal("another-one", store.Load("abc123"));
        Assert.Null(store.Load("abc124"));
        Assert.Null(new SecretServiceStore(new NodeHome("/elsewhere"), new StoreTool(keyring.Variables)).Load("abc123"));
        store.Delete("abc123");
        store.Delete("abc123");
        Assert.Null(store.Load("abc123"));
    }

    [Fact]
    public async Task Service_that_is_gone_should_be_an_error_with_the_cure()
    {
        var keyring = await KeyringService.StartAsync();
        var store = Store(keyring.Variables);
        store.Save("abc123", Secret);
        await keyring.DisposeAsync();
        foreach (var use in new Action[] { () => store.Load("abc123"), () => store.Save("abc123", Secret), () => store.Delete("abc123") })
        {
            var message = Assert.Throws<IdentityStoreException>(use).Message;
            Assert.Contains("--token-store file", message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Missing_tool_should_be_named_with_its_package()
    {
        var error = Assert.Throws<IdentityStoreException>(() => Store(new Dictionary<string, string?> { ["PATH"] = folder.Path }).Load("abc123"));
        Assert.Contains("libsecret-tools", error.Message, StringComparison.Ordinal);
    }

    SecretServiceStore Store(IReadOnlyDictionary<string, string?> environment) => new(new NodeHome(folder.File("home")), new StoreTool(environment));
}
