using Sophon.Node.Platform.Linux.Launching;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Launching;

public sealed class DesktopEntriesSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly DesktopEntries entries;

    public DesktopEntriesSpecs() => entries = new DesktopEntries([folder.File("home"), folder.File("none"), folder.File("shared")]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("org.example.Editor")]
    [InlineData("org.example.editor.desktop")]
    [InlineData("the editor")]
    [InlineData("Der Schreiber")]
    [InlineData("CAT")]
    public void Application_should_be_found_by_id_name_or_program(string name)
    {
        Write("shared", "org.example.Editor", "Name=The Editor", "Name[de]=Der Schreiber", "Exec=/bin/cat %F");

        Assert.Equal("org.example.Editor", entries.Find(name)?.Id);
    }

    [Fact]
    public void Own_entry_should_hide_the_shared_one()
    {
        Write("shared", "app", "Name=Shared", "Exec=true");
        Write("home", "app", "Name=Own", "Exec=true");

        Assert.Equal("Own", entries.Find("app")?.Name);
        Assert.Null(entries.Find("Shared"));
    }

    [Fact]
    public void Hidden_own_entry_should_remove_the_shared_one()
    {
        Write("shared", "app", "Name=App", "Exec=true");
        Write("home", "app", "Name=App", "Exec=true", "Hidden=true");

        Assert.Null(entries.Find("App"));
    }

    [Fact]
    public void Subfolder_should_be_part_of_the_id()
    {
        Write("shared", "kde/konsole", "Name=Konsole", "Exec=true");

        Assert.NotNull(entries.Find("kde-konsole"));
    }

    [Fact]
    public void Application_without_its_program_should_not_be_installed()
    {
        Write("shared", "one", "Name=One", "Exec=no-such-program-here");
        Write("shared", "two", "Name=Two", "Exec=true", "TryExec=no-such-program-here");

        Assert.Empty(entries.ReadAll());
    }

    [Fact]
    public void Entry_in_menus_should_come_before_one_that_is_not()
    {
        Write("home", "a-helper", "Name=App", "Exec=true", "NoDisplay=true");
        Write("shared", "z-real", "Name=App", "Exec=true");

        Assert.Equal("z-real", entries.Find("App")?.Id);
        Assert.Equal("a-helper", entries.Find("a-helper")?.Id);
    }

    [Fact]
    public void Program_without_an_entry_should_not_be_found() => Assert.Null(entries.Find("sh"));

    void Write(string place, string id, params string[] lines)
    {
        var file = folder.File($"{place}/applications/{id}.desktop");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, ["[Desktop Entry]", "Type=Application", .. lines]);
    }
}
