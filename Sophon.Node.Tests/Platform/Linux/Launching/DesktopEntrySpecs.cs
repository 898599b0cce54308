using Sophon.Node.Platform.Linux.Launching;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Launching;

public sealed class DesktopEntrySpecs
{
    [Theory]
    [InlineData("editor %F", "editor")]
    [InlineData("editor --new %U --wait", "editor|--new|--wait")]
    [InlineData("editor --file=%f", "editor|--file=")]
    [InlineData("\"/opt/My App/run\" \"a \\\\\"b\\\\\" \\\\$c \\\\`d\\\\` \\\\\\\\e\"", "/opt/My App/run|a \"b\" $c `d` \\e")]
    [InlineData("say 100%% %c", "say|100%|The Name")]
    [InlineData("run %i -x", "run|--icon|the-icon|-x")]
    [InlineData("run %k", "run|/apps/the.desktop")]
    [InlineData("run \"%f kept\"", "run|%f kept")]
    [InlineData("run %d %D %n %N %v %m end", "run|end")]
    [InlineData("run a\\sb", "run|a|b")]
    [InlineData("  run \t x  ", "run|x")]
    public void Exec_should_become_program_and_arguments(string exec, string expected) =>
        Assert.Equal(expected.Split('|'), Parse($"Exec={exec}")!.Exec);

    [Fact]
    public void Quote_without_an_end_should_be_no_entry() => Assert.Null(Parse("Exec=run \"half"));

    [Theory]
    [InlineData("Type=Link")]
    [InlineData("Hidden=true")]
    public void What_is_no_application_should_be_no_entry(string line) =>
        Assert.Null(DesktopEntry.Parse("the", "/apps/the.desktop", ["[Desktop Entry]", line, "Type=Application", "Name=N", "Exec=run"]));

    [Fact]
    public void Only_the_main_group_should_count()
    {
        var entry = DesktopEntry.Parse("the", "/apps/the.desktop",
        [
            "# comment", "[Desktop Entry]", "Type=Application", "Name=Editor", "Name[de]=Schreiber", "Exec = run ", "Terminal=true", "NoDisplay=true", "TryExec=other", "Path=/tmp",
            "[Desktop Action new]", "Name=New", "Exec=other",
        ])!;

        Assert.Equal(("Editor", "run", true, true, "other", "/tmp"), (entry.Name, entry.Program, entry.Terminal, entry.NoDisplay, entry.TryExec, entry.WorkingDirectory));
        Assert.Equal(["Schreiber"], entry.LocalNames);
    }

    static DesktopEntry? Parse(string exec) =>
        DesktopEntry.Parse("the", "/apps/the.desktop", ["[Desktop Entry]", "Type=Application", "Name=The Name", "Icon=the-icon", exec]);
}
