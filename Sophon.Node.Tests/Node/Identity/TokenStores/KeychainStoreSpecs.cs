using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Identity.TokenStores;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Identity.TokenStores;

/// <summary>No Mac here: a fake <c>security</c> records what it is asked, and behaves as its manual page says.</summary>
[Trait("kind", "real")]
public sealed class KeychainStoreSpecs : IDisposable
{
    const string Secret = "s3cr3t-a1b2c3d4";

    // Keeps what "-i" is told and gives it back for "find-generic-password -w"; 44 is errSecItemNotFound.
    const string Fake = """
        #!/bin/bash
        cd "$(dirname "$0")"
        printf '%s\n' "$*" >> arguments
        case $1 in
          -i) [ -e deaf ] && exit 0; read -r line; printf '%s' "$line" > said; hex=${line##* }; printf "$(sed 's/../\\x&/g' <<< "$hex")" > secret ;;
          find-generic-password) [ -e secret ] || exit 44; cat secret; echo ;;
          delete-generic-password) [ -e secret ] || exit 44; rm secret ;;
          *) exit 2 ;;
        esac
        """;

    readonly TestFolder folder = new();
    readonly KeychainStore store;

    public KeychainStoreSpecs()
    {
        File.WriteAllText(folder.File("security"), Fake);
        File.SetUnixFileMode(folder.File("security"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        store = new KeychainStore(new NodeHome("/Users/o \"x\" \\/.sophon-node"), new StoreTool(new Dictionary<string, string?> { ["PATH"] = $"{folder.Path}:/usr/bin:/bin" }));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Secret_should_go_over_standard_input_and_never_into_the_arguments()
    {
        store.Save("abc123", Secret);
        Assert.Equal(Secret, store.Load("abc123"));
        Assert.Equal(
            """add-generic-password -U -s "Sophon Node in /Users/o \"x\" \\/.sophon-node" -a "abc123" -X """ + Convert.ToHexStringLower("s3cr3t-a1b2c3d4"u8),
            File.ReadAllText(folder.File("said")));
        Assert.DoesNotContain(Secret, Arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower("s3cr3t"u8), Arguments, StringComparison.Ordinal);
        Assert.Contains("find-generic-password -s Sophon Node in /Users/o \"x\" \\/.sophon-node -a abc123 -w", Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_item_should_be_nothing()
    {
        Assert.Null(store.Load("abc123"));
        store.Delete("abc123");
        store.Save("abc123", Secret);
        store.Delete("abc123");
        Assert.Null(store.Load("abc123"));
    }

    [Fact]
    public void Keychain_that_keeps_nothing_should_be_an_error()
    {
        File.WriteAllText(folder.File("deaf"), "");
        Assert.Contains("security unlock-keychain", Assert.Throws<IdentityStoreException>(() => store.Save("abc123", Secret)).Message, StringComparison.Ordinal);
    }

    string Arguments => File.ReadAllText(folder.File("arguments"));
}
