using System.Text;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Identity;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Identity;

public sealed class ConfigFileSpecs : IDisposable
{
    const string Secret = "a1b2c3d4e5f6a7b8c9d0";

    /// <summary>As the install page shows it.</summary>
    const string Page = """
        {
          "gatewayUrl": "https://gw.example.com",
          "nodeToken": "abc123.a1b2c3d4e5f6a7b8c9d0"
        }

        """;

    static readonly NodeIdentity Identity = new(new Uri("https://gw.example.com"), new NodeToken("abc123", Secret));

    readonly TestFolder folder = new();
    readonly NodeHome home;
    readonly ConfigFile file;

    public ConfigFileSpecs()
    {
        home = new NodeHome(folder.File("home"));
        file = new ConfigFile(home, new SecretRedactor());
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Missing_file_should_mean_not_paired() => Assert.Null(file.Load());

    [Fact]
    public void Saved_identity_should_be_the_pages_file_and_load_again()
    {
        file.Save(Identity);
        Assert.Equal(Page, File.ReadAllText(home.Config));
        Assert.Equal(Identity, file.Load());
        Assert.Equal(["config.json"], Directory.GetFileSystemEntries(home.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Saved_file_should_be_its_owners_only()
    {
        file.Save(Identity);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.Config));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home.Folder));
    }

    [Fact]
    public void Save_should_replace_an_older_identity()
    {
        file.Save(Identity);
        var other = Identity with { GatewayUrl = new Uri("http://localhost:8080/sophon") };
        file.Save(other);
        Assert.Equal(other, file.Load());
        Assert.Contains("\"http://localhost:8080/sophon\"", File.ReadAllText(home.Config), StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_save_should_leave_the_old_file_and_say_so()
    {
        file.Save(Identity);

        // A folder in the place of the file that is written beside: nothing can be written, even by root.
        Directory.CreateDirectory(home.Config + ".new");
        var error = Assert.Throws<IdentityStoreException>(() => file.Save(Identity with { Token = new NodeToken("other", Secret) }));
        Assert.Contains(file.Location, error.Message, StringComparison.Ordinal);
        Assert.Equal(Page, File.ReadAllText(home.Config));
    }

    [Fact]
    public void Delete_should_remove_the_file_and_do_nothing_without_one()
    {
        file.Save(Identity);
        file.Delete();
        file.Delete();
        Assert.Null(file.Load());
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("[]", 1, 1)]
    [InlineData("{\n  \"gatewayUrl\": \"https://gw.example.com\",\n  \"nodeToken\": 7\n}", 3, 16)]
    [InlineData("{\n  \"gatewayUrl\": \"gw.example.com\",\n  \"nodeToken\": \"a.b\"\n}", 2, 17)]
    [InlineData("{\n  \"gatewayUrl\": \"ftp://gw.example.com\",\n  \"nodeToken\": \"a.b\"\n}", 2, 17)]
    [InlineData("{\n  \"gatewayUrl\": \"https://gw.example.com\",\n  \"nodeToken\": \"nodot\"\n}", 3, 16)]
    [InlineData("{\n  \"gatewayUrl\": \"https://gw.example.com\"\n}", 3, 1)]
    [InlineData("{\"nodeToken\": \"a.b\"}", 1, 20)]
    [InlineData("{\"nodeToken\": \"a.b\", \"nodeToken\": \"c.d\"}", 1, 35)]
    [InlineData("{\"nodeToken\": \"\\uD800.b\"}", 1, 15)]
    [InlineData("{\"gatewayUrl\": \"https://a\", \"nodeToken\": \"a.b\"} x", 1, 49)]
    public void Unusable_file_should_be_named_with_its_place_and_cure(string text, int line, int column)
    {
        Write(text);
        var error = Assert.Throws<IdentityStoreException>(file.Load);
        Assert.StartsWith($"{file.Location}, line {line}, column {column}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Correct it, or delete it and pair again with the command from the Dashboard (Add Node).", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\n\n  ")]
    public void Harmless_beginnings_should_be_accepted(string beginning)
    {
        Write(beginning + Page);
        Assert.Equal(Identity, file.Load());
    }

    [Fact]
    public void Unknown_fields_should_be_ignored()
    {
        Write(Page.Replace("{\n", "{\n  \"more\": {\"nodeToken\": [1, null]},\n", StringComparison.Ordinal));
        Assert.Equal(Identity, file.Load());
    }

    [Fact]
    public void Unusable_file_should_never_be_overwritten()
    {
        Write("{ \"precious\": ");
        Assert.Throws<IdentityStoreException>(() => file.Save(Identity));
        Assert.Equal("{ \"precious\": ", File.ReadAllText(home.Config));
    }

    [Fact]
    public void Folder_in_its_place_should_be_an_error_with_its_name()
    {
        Directory.CreateDirectory(home.Config);
        var error = Assert.Throws<IdentityStoreException>(file.Load);
        Assert.StartsWith($"{file.Location} can't be read: ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Reliability, line 13. The seed is fixed: a failure names the mutation.</summary>
    [Fact]
    public void Thousand_mutations_should_load_or_name_the_place_and_never_quote_the_token()
    {
        var random = new Random(20_261_124);
        var refused = 0;
        for (var run = 0; run < 1_000; run++)
        {
            var bytes = ConfigMutation.Of(Encoding.UTF8.GetBytes(Page), random);
            Directory.CreateDirectory(home.Folder);
            File.WriteAllBytes(home.Config, bytes);
            try
            {
                file.Load();
            }
            catch (IdentityStoreException error)
            {
                refused++;
                Assert.StartsWith($"{file.Location}, line ", error.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(Secret[..8], error.ToString(), StringComparison.Ordinal);
            }

            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(home.Config)), $"mutation {run} was overwritten");
        }

        Assert.InRange(refused, 300, 1_000);
    }

    void Write(string text)
    {
        Directory.CreateDirectory(home.Folder);
        File.WriteAllText(home.Config, text);
    }
}
