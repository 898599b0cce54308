using Sophon.Node.Tests.Structure;
using Xunit;

namespace Sophon.Node.Tests.Docs;

/// <summary>A part of a document that is made from code, between two marker lines.</summary>
static class MarkedSection
{
    /// <summary>Fails when the section is not <paramref name="expected"/>; with UPDATE_DOCS=1 it writes it instead.</summary>
    public static void AssertIs(string file, string beginMarker, string endMarker, string expected)
    {
        var text = Repository.Read(file);
        int begin = text.IndexOf(beginMarker, StringComparison.Ordinal), to = text.IndexOf(endMarker, StringComparison.Ordinal);
        Assert.True(begin >= 0 && to > begin, $"{file} has lost its markers");
        var from = begin + beginMarker.Length;
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(Repository.PathOf(file), text[..from] + expected + text[to..]);
        else Assert.Equal(expected, text[from..to]);
    }
}
