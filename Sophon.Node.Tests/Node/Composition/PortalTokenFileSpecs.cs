using Sophon.Node.Composition;
using Sophon.Node.Files;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Composition;

public sealed class PortalTokenFileSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly NodeHome home;
    readonly PortalTokenFile file;

    public PortalTokenFileSpecs()
    {
        home = new NodeHome(folder.File("home"));
        file = new PortalTokenFile(home);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Token_should_be_kept_for_its_owner_only_and_replaced()
    {
        Assert.Null(file.Read());
        file.Write("5ff7c4a2-1");
        Assert.Equal("5ff7c4a2-1", file.Read());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.PortalToken));
        file.Write("5ff7c4a2-2");
        Assert.Equal("5ff7c4a2-2", file.Read());
    }

    [Fact]
    public void What_is_no_token_should_count_as_none()
    {
        Directory.CreateDirectory(home.State);
        File.WriteAllText(home.PortalToken, "\n");
        Assert.Null(file.Read());
        File.WriteAllText(home.PortalToken, new string('x', 100_000));
        Assert.Null(file.Read());
    }

    [Fact]
    public void Folder_that_can_not_be_written_should_not_fail_the_command()
    {
        Directory.CreateDirectory(home.PortalToken);
        file.Write("5ff7c4a2-1");
        Assert.Null(file.Read());
    }
}
