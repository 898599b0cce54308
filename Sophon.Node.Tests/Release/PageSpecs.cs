using System.Text.RegularExpressions;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Release;

/// <summary>The commands of the install page that can't be run here: they parse, and what they name is there.</summary>
[Trait("kind", "release")]
public sealed partial class PageSpecs
{
    public const string WindowsCommands = """
        Invoke-WebRequest https://releases.sophon.dev/node/sophon-node-win-x64.zip -OutFile sophon-node.zip
        Expand-Archive sophon-node.zip -DestinationPath "$env:LOCALAPPDATA\SophonNode"
        [Environment]::SetEnvironmentVariable("Path", "$env:Path;$env:LOCALAPPDATA\SophonNode", "User")
        """;

    [Fact]
    public async Task Windows_commands_should_parse_and_unpack_the_archive_that_they_name()
    {
        var powerShell = PowerShell;
        using var folder = new TestFolder();
        var script = folder.File("page.ps1");
        await File.WriteAllTextAsync(script, WindowsCommands, TestContext.Current.CancellationToken);
        await TestProcess.RunAsync(powerShell, ["-NoProfile", "-Command", $"$errors = $null; [void][Management.Automation.Language.Parser]::ParseFile('{script}', [ref]$null, [ref]$errors); exit $errors.Count"]);
        Assert.True(File.Exists(ReleaseFolder.File(Named().Match(WindowsCommands).Value)));

        // The second line as it stands, on the archive that the first one would have fetched.
        File.Copy(ReleaseFolder.File("sophon-node-win-x64.zip"), folder.File("sophon-node.zip"));
        await TestProcess.RunAsync(powerShell, ["-NoProfile", "-Command", $"Set-Location '{folder.Path}'; {WindowsCommands.Split('\n')[1].Replace('\\', '/')}"], new Dictionary<string, string?> { ["LOCALAPPDATA"] = folder.File("local") });
        Assert.Equal("sophon-node.exe", Path.GetFileName(Assert.Single(Directory.GetFiles(folder.File("local/SophonNode")))));
    }

    [Theory]
    [InlineData("brew install cliclick")]
    [InlineData("curl -L https://releases.sophon.dev/node/sophon-node-macos-arm64.tar.gz | tar -xz -C /usr/local/bin")]
    [InlineData("curl -L https://releases.sophon.dev/node/sophon-node-macos-x64.tar.gz | tar -xz -C /usr/local/bin")]
    public async Task Mac_commands_should_parse(string command) => Assert.Equal("", await TestProcess.RunAsync("sh", ["-n", "-c", command]));

    [Fact]
    public async Task Install_script_for_windows_should_check_the_sum_and_put_the_program_there()
    {
        var powerShell = PowerShell;
        using var folder = new TestFolder();
        string[] install = ["-NoProfile", "-File", ReleaseFolder.File("install.ps1"), "-From", ReleaseFolder.Current, "-To", folder.File("there")];
        var said = await TestProcess.RunAsync(powerShell, install);
        Assert.Contains("Its SHA-256 sum is right.", said, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("there/sophon-node.exe")));

        Directory.CreateDirectory(folder.File("forged"));
        File.Copy(ReleaseFolder.File("SHA256SUMS"), folder.File("forged/SHA256SUMS"));
        await File.WriteAllTextAsync(folder.File("forged/sophon-node-win-x64.zip"), "forged", TestContext.Current.CancellationToken);
        await using var forged = TestProcess.Start(powerShell, ["-NoProfile", "-File", ReleaseFolder.File("install.ps1"), "-From", folder.File("forged"), "-To", folder.File("elsewhere")]);
        Assert.Contains("Nothing was installed", await forged.WaitForTextAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("elsewhere")));
    }

    static string PowerShell
    {
        get
        {
            if (Environment.GetEnvironmentVariable("SOPHON_TEST_PWSH") is { Length: > 0 } path) return path;
            Assert.Skip("PowerShell is not here: test.sh --release installs it and names it in SOPHON_TEST_PWSH");
            return "";
        }
    }

    [GeneratedRegex(@"sophon-node-[a-z0-9-]+\.zip")]
    private static partial Regex Named();
}
