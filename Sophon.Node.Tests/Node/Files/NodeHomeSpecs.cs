using Sophon.Node.Files;
using Xunit;

namespace Sophon.Node.Tests.Node.Files;

public sealed class NodeHomeSpecs
{
    static readonly string User = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Fact]
    public void Path_under_the_users_folder_should_be_shown_with_a_tilde() =>
        Assert.Equal("~/.sophon-node/config.json", NodeHome.Show(Path.Combine(User, ".sophon-node", "config.json")));

    [Theory]
    [InlineData("/srv/node/config.json")]
    [InlineData("relative")]
    public void Other_path_should_be_shown_as_it_is(string path) => Assert.Equal(path, NodeHome.Show(path));

    [Fact]
    public void Neighbour_of_the_users_folder_should_be_shown_as_it_is() => Assert.Equal(User + "2/x", NodeHome.Show(User + "2/x"));
}
