using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Protocol.Pairing;

public sealed class NodeTokenSpecs
{
    [Fact]
    public void Token_should_survive_its_text_form_and_never_print_its_secret()
    {
        var token = NodeToken.Create("abc123");
        Assert.True(NodeToken.TryParse(token.Reveal(), out var parsed));
        Assert.Equal(token, parsed);
        Assert.DoesNotContain(token.Secret, $"{token} {token.Prefix}", StringComparison.Ordinal);
        Assert.True(token.Secret.Length >= 43);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc123")]
    [InlineData(".secret")]
    [InlineData("abc123.")]
    [InlineData("abc 123.secret")]
    [InlineData("abc123.se\ncret")]
    public void Anything_else_should_be_refused(string? text) => Assert.False(NodeToken.TryParse(text, out _));

    [Fact]
    public void Hash_should_be_sha256_and_match_only_its_secret()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", NodeToken.HashOf("abc"));
        Assert.True(NodeToken.Matches("abc", NodeToken.HashOf("abc")));
        Assert.False(NodeToken.Matches("abd", NodeToken.HashOf("abc")));
    }
}
