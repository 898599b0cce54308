using System.Reflection.PortableExecutable;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Applications;

public sealed class InstalledApplicationsSpecs : IDisposable
{
    readonly TestFolder folder = new();

    [Fact]
    public void Start_menu_should_come_first_then_app_paths_aliases_and_windows_itself()
    {
        var found = Everywhere();
        Assert.Equal(folder.File("menu/Accessories/Editor.lnk"), found.Find("editor"));

        File.Delete(folder.File("menu/Accessories/Editor.lnk"));
        Assert.Equal(folder.File("registered/editor.exe"), found.Find("Editor"));
        Assert.Equal(folder.File("registered/editor.exe"), found.Find("editor.exe"));

        File.Delete(folder.File("registered/editor.exe"));
        Assert.Equal(folder.File("aliases/editor.exe"), found.Find("editor"));

        File.Delete(folder.File("aliases/editor.exe"));
        Assert.Equal(folder.File("system/editor.exe"), found.Find("editor"));
    }

    [Fact]
    public void Console_program_of_windows_should_not_be_reached_by_its_name()
    {
        var found = Everywhere();
        WriteProgram("system/shell.exe", Subsystem.WindowsCui);

        Assert.Null(found.Find("shell"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../system/editor")]
    [InlineData(@"C:\editor")]
    [InlineData(@"sub\editor")]
    [InlineData("no such application")]
    public void Path_and_unknown_name_should_find_nothing(string name) => Assert.Null(Everywhere().Find(name));

    [Theory]
    [InlineData(@"C:\a\b.EXE", true)]
    [InlineData(@"C:\a\b.cmd", false)]
    [InlineData(@"C:\a\b.bat", false)]
    [InlineData(@"C:\a\b.txt", false)]
    public void Only_programs_should_be_started_by_path(string path, bool isProgram) => Assert.Equal(isProgram, InstalledApplications.IsProgram(path));

    public void Dispose() => folder.Dispose();

    InstalledApplications Everywhere()
    {
        foreach (var name in new[] { "menu/Accessories", "registered", "aliases", "system" }) Directory.CreateDirectory(folder.File(name));
        foreach (var file in new[] { "menu/Accessories/Editor.lnk", "registered/editor.exe", "aliases/editor.exe" }) File.WriteAllText(folder.File(file), "");
        WriteProgram("system/editor.exe", Subsystem.WindowsGui);
        return new InstalledApplications([folder.File("missing"), folder.File("menu")], file => folder.File($"registered/{file.ToLowerInvariant()}"), folder.File("aliases"), [folder.File("system")]);
    }

    // This test's own file, with another subsystem written into it.
    void WriteProgram(string name, Subsystem subsystem)
    {
        const int subsystemOffset = 68;
        var file = File.ReadAllBytes(typeof(InstalledApplicationsSpecs).Assembly.Location);
        using var reader = new PEReader(new MemoryStream(file));
        file[reader.PEHeaders.PEHeaderStartOffset + subsystemOffset] = (byte)subsystem;
        File.WriteAllBytes(folder.File(name), file);
    }
}
