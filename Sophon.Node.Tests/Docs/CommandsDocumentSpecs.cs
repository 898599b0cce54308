using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Structure;
using Xunit;

namespace Sophon.Node.Tests.Docs;

public sealed class CommandsDocumentSpecs
{
    const string File = "docs/commands.md";

    [Fact]
    public void Document_should_show_the_catalogue_as_it_is() => MarkedSection.AssertIs(
        File,
        "<!-- from the catalogue: UPDATE_DOCS=1 ./test.sh writes it -->\n",
        "<!-- end of the catalogue -->\n",
        CommandsDocument.Render());

    [Fact]
    public void Document_should_explain_every_error_code()
    {
        var text = Repository.Read(File);
        foreach (var code in Enum.GetNames<ErrorCode>())
            Assert.Contains($"| `{char.ToLowerInvariant(code[0])}{code[1..]}` |", text, StringComparison.Ordinal);
    }
}
