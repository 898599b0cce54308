using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Structure;
using Xunit;

namespace Sophon.Node.Tests.Docs;

public sealed class CommandsDocumentSpecs
{
    const string File = "docs/commands.md";
    const string Begin = "<!-- from the catalogue: UPDATE_DOCS=1 ./test.sh writes it -->\n";
    const string End = "<!-- end of the catalogue -->\n";

    [Fact]
    public void Document_should_show_the_catalogue_as_it_is()
    {
        var text = Repository.Read(File);
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Begin.Length && to > 0);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            System.IO.File.WriteAllText(Repository.PathOf(File), text[..from] + CommandsDocument.Render() + text[to..]);
        else
            Assert.Equal(CommandsDocument.Render(), text[from..to]);
    }

    [Fact]
    public void Document_should_explain_every_error_code()
    {
        var text = Repository.Read(File);
        foreach (var code in Enum.GetNames<ErrorCode>())
            Assert.Contains($"| `{char.ToLowerInvariant(code[0])}{code[1..]}` |", text, StringComparison.Ordinal);
    }
}
