using Sophon.Node.Platform.Machine;
using Sophon.Node.Platform.Ports;
using Xunit;

namespace Sophon.Node.Tests.Platform.Machine;

public sealed class ShellScriptsSpecs
{
    [Theory]
    [InlineData(@"C:\tools\build.cmd")]
    [InlineData(@"C:\tools\build.BAT")]
    [InlineData(@"C:\tools\build.bat. .")]
    public void Script_should_be_refused_with_the_reason_and_the_way(string path)
    {
        var error = Assert.Throws<UnsupportedException>(() => ShellScripts.Refuse(path));
        Assert.Contains("reads its arguments anew", error.Message, StringComparison.Ordinal);
        Assert.Contains("cmd.exe", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"C:\Windows\System32\cmd.exe")]
    [InlineData(@"C:\bat\tool.exe")]
    [InlineData("bat")]
    public void Program_should_be_run(string path) => ShellScripts.Refuse(path);
}
