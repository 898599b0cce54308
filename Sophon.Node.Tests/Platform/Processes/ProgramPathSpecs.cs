using System.Runtime.Versioning;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Platform.Processes;

[SupportedOSPlatform("linux")]
public sealed class ProgramPathSpecs : IDisposable
{
    readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Program_should_be_found_in_the_order_of_the_path()
    {
        var first = Make("first/tool");
        Make("second/tool");

        Assert.Equal(first, ProgramPath.Find("tool", searchPath: $"{folder.File("none")}:{folder.File("first")}:{folder.File("second")}"));
    }

    [Fact]
    public void File_that_is_not_executable_should_be_passed_over()
    {
        Make("first/tool", UnixFileMode.UserRead);
        var second = Make("second/tool");

        Assert.Equal(second, ProgramPath.Find("tool", searchPath: $"{folder.File("first")}:{folder.File("second")}"));
    }

    [Fact]
    public void Relative_path_should_count_from_the_working_directory()
    {
        var tool = Make("bin/tool");

        Assert.Equal(tool, ProgramPath.Find("./bin/tool", folder.Path));
        Assert.Null(ProgramPath.Find("./bin/other", folder.Path));
    }

    [Fact]
    public void Relative_folders_of_the_path_should_be_ignored()
    {
        Assert.Null(ProgramPath.Find("tool", searchPath: ".:"));
        Assert.Null(ProgramPath.Find(""));
    }

    string Make(string name, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserExecute)
    {
        var path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
