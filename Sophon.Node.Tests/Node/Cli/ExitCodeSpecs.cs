using System.Globalization;
using System.Text.RegularExpressions;
using Sophon.Node.Tests.Structure;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

public sealed partial class ExitCodeSpecs
{
    [Fact]
    public void Documented_codes_should_be_the_programs()
    {
        var documented = Row().Matches(Repository.Read("docs/cli.md"))
            .Select(row => (int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), row.Groups[2].Value));
        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => ((int)code, code.ToString())), documented);
    }

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| .+ \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
