using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Sophon.Node.Actors.Policy;
using Xunit;

namespace Sophon.Node.Tests.Actors.Policy;

public sealed class PatternSpecs
{
    static readonly Gen<string> Texts = Gen.Elements("abA*?.+\n😀é".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ListOf().Select(string.Concat);

    [Fact]
    public void Pattern_should_match_as_the_regular_expression_that_it_stands_for() => Prop.ForAll(
        Texts.Two().ToArbitrary(),
        pair =>
        {
            var (pattern, text) = pair;
            var expression = "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "\\z";
            return new Pattern(pattern).Allows(text) == Regex.IsMatch(text, expression, RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_allowed_should_be_forbidden_by_the_same_pattern() => Prop.ForAll(
        Texts.Two().ToArbitrary(), pair => !new Pattern(pair.Item1).Allows(pair.Item2) || new Pattern(pair.Item1).Forbids(pair.Item2)).QuickCheckThrowOnFailure();

    [Fact]
    public void Case_should_count_for_what_is_allowed_only()
    {
        Assert.False(new Pattern("alt+f4").Allows("Alt+F4"));
        Assert.True(new Pattern("alt+f4").Forbids("Alt+F4"));
    }

    [Fact(Timeout = 20_000)]
    public async Task Hostile_pattern_should_end() =>
        Assert.False(await Task.Run(() => new Pattern(string.Concat(Enumerable.Repeat("*a", 200)) + "b").Allows(new string('a', 4_000))));
}
