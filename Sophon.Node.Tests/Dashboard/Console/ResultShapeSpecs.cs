using System.Text.Json;
using Sophon.Gateway.Dashboard.Console;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Console;

public sealed class ResultShapeSpecs
{
    static ResultShape Of(object result) => ResultShape.Of(JsonSerializer.SerializeToElement(result));

    [Fact]
    public void Image_should_be_an_image_and_its_sizes_facts()
    {
        var shape = Of(new { image = "/9j/4AAQ", format = "jpeg", width = 4, height = 3 });
        Assert.Equal("data:image/jpeg;base64,/9j/4AAQ", shape.Image);
        Assert.Equal(["format", "width", "height"], shape.Facts.Select(fact => fact.Name));
    }

    [Fact]
    public void What_only_claims_to_be_an_image_should_stay_text()
    {
        Assert.Null(Of(new { image = "\"><script>alert(1)</script>", format = "jpeg" }).Image);
        Assert.Null(Of(new { image = "/9j/4AAQ", format = "svg" }).Image);
        Assert.Null(Of(new { image = 7, format = "jpeg" }).Image);
    }

    [Fact]
    public void List_should_be_a_table_of_all_members_that_occur()
    {
        var table = Assert.Single(Of(new { apps = new object[] { new { name = "a", windowTitles = new[] { "x", "y" } }, new { name = "b", pid = 7 } } }).Tables);
        Assert.Equal(["name", "windowTitles", "pid"], table.Columns);
        Assert.Equal([["a", "x, y", ""], ["b", "", "7"]], table.Rows);
    }

    [Fact]
    public void List_of_texts_should_have_one_column() => Assert.Equal([["a"], ["b"]], Assert.Single(Of(new { names = new[] { "a", "b" } }).Tables).Rows);

    [Fact]
    public void Output_should_be_text_even_when_it_is_short()
    {
        var shape = Of(new { exitCode = 0, stdout = "hi", stderr = "", truncated = false });
        Assert.Equal([new ResultFact("stdout", "hi"), new ResultFact("stderr", "")], shape.Texts);
        Assert.Equal([new ResultFact("exitCode", "0"), new ResultFact("truncated", "no")], shape.Facts);
    }

    [Fact]
    public void Raw_json_should_leave_the_image_out_and_nothing_else()
    {
        var raw = ResultShape.Raw(JsonSerializer.SerializeToElement(new { image = "/9j/4AAQ", format = "jpeg", text = "Grüße" }));
        Assert.DoesNotContain("/9j/4AAQ", raw, StringComparison.Ordinal);
        Assert.Contains("(base64, 8 characters)", raw, StringComparison.Ordinal);
        Assert.Contains("Grüße", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_should_have_a_shape()
    {
        Assert.True(Of(new { }).IsEmpty);
        foreach (var odd in new object?[] { null, 1, "text", true, new[] { 1, 2 }, new[] { new { a = 1 } } }) Assert.False(ResultShape.Of(JsonSerializer.SerializeToElement(odd)).IsEmpty);
    }
}
