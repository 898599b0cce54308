using System.Xml.Linq;
using Xunit;

namespace Sophon.Node.Tests.Structure;

/// <summary>The arrows between the projects, as docs/architecture.md draws them.</summary>
public sealed class ProjectReferenceSpecs
{
    [Theory]
    [InlineData("Sophon.Node.Protocol")]
    [InlineData("Sophon.Node.Platform")]
    [InlineData("Sophon.Node.Actors", "Sophon.Node.Platform", "Sophon.Node.Protocol")]
    [InlineData("Sophon.Node", "Sophon.Node.Actors", "Sophon.Node.Platform", "Sophon.Node.Protocol", "Sophon.Operations")]
    [InlineData("Sophon.Operations")]
    [InlineData("Sophon.Gateway", "Sophon.Node.Protocol", "Sophon.Operations")]
    public void Project_should_reference_no_others_of_ours(string project, params string[] allowed)
    {
        var references = XDocument.Load(Repository.PathOf($"{project}/{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order().ToList();
        Assert.Equal(allowed.Order(), references);
    }

    [Fact]
    public void Actors_should_know_only_the_ports_of_the_platform()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("Sophon.Node.Actors"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
        Assert.All(sources, file => Assert.DoesNotContain("Sophon.Node.Platform.", File.ReadAllText(file).Replace("Sophon.Node.Platform.Ports", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }
}
