using Sophon.Node.Actors.Supervision;
using Xunit;

namespace Sophon.Node.Tests.Docs;

public sealed class ArchitectureDocumentSpecs
{
    [Fact]
    public void Document_should_show_the_supervision_table_as_it_is() => MarkedSection.AssertIs(
        "docs/architecture.md",
        "<!-- supervision table: UPDATE_DOCS=1 ./test.sh writes it -->\n",
        "<!-- end of the supervision table -->\n",
        "| parent | child | exception | directive | what the user sees |\n| --- | --- | --- | --- | --- |\n"
        + string.Concat(SupervisionTable.Rows.Select(row => $"| {row.Parent} | {row.Child} | {row.Exception.Name} | {row.Directive} | {row.UserSees} |\n")));
}
