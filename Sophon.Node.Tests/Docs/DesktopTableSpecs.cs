using System.Reflection;
using Xunit;

namespace Sophon.Node.Tests.Docs;

public sealed class DesktopTableSpecs
{
    [Fact]
    public void Readme_should_show_what_is_proved_where() => MarkedSection.AssertIs(
        "README.md", "<!-- command by desktop: UPDATE_DOCS=1 ./test.sh writes it -->\n", "<!-- end of command by desktop -->\n", DesktopTable.Render());

    [Fact]
    public void Every_proof_should_be_a_test_that_runs()
    {
        foreach (var (column, command, type, check) in DesktopTable.Proofs())
        {
            var method = type.GetMethod(check) ?? type.BaseType!.GetMethod(check);
            Assert.True(method?.GetCustomAttribute<FactAttribute>() is { Skip: null }, $"{command} on {column}: {type.Name}.{check} is no test that runs");
        }
    }
}
