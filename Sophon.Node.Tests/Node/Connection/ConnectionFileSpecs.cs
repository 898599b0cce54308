using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Settings;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Connection;

public sealed class ConnectionFileSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly NodeHome home;

    public ConnectionFileSpecs() => home = new NodeHome(folder.File("home"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_pair_was_told_should_be_read_again()
    {
        Assert.True(CertificatePin.TryParse(new string('a', 64), out var pin));
        var told = new ConnectionSettings("/etc/ssl/my \"own\" \\ ca, ü.pem", pin, AllowInsecureHttp: true, TokenStoreKind.Os);
        ConnectionFile.Write(home, told);
        Assert.Equal(told, ConnectionFile.Read(home));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.ConnectionConf));
    }

    [Fact]
    public void Nothing_to_remember_should_be_no_file()
    {
        Assert.Equal(ConnectionSettings.Default, ConnectionFile.Read(home));
        ConnectionFile.Write(home, new ConnectionSettings(AllowInsecureHttp: true));
        ConnectionFile.Write(home, ConnectionSettings.Default);
        Assert.False(File.Exists(home.ConnectionConf));
    }

    [Theory]
    [InlineData("pin-sha265 = abcd", 1, "pin-sha265")]
    [InlineData("\nca-file = ca.pem", 2, "absolute path")]
    [InlineData("pin-sha256 = abcd", 1, "64 hexadecimal digits")]
    [InlineData("allow-insecure-http = maybe", 1, "on or off")]
    [InlineData("token-store = cloud", 1, "file or os")]
    [InlineData("token-store = os\ntoken-store = file", 2, "set twice")]
    [InlineData("token-store { os }", 1, "")]
    [InlineData("ca-file = [\"/a\", \"/b\"]", 1, "single value")]
    public void What_is_not_understood_should_be_an_error_with_its_place(string text, int line, string says)
    {
        var error = Assert.Throws<SettingsException>(() => ConnectionFile.Parse(text, "~/.sophon-node/connection.conf"));
        Assert.StartsWith($"~/.sophon-node/connection.conf, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
