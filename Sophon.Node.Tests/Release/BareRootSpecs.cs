using System.Text.RegularExpressions;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.Release;

/// <summary>The released programs on a machine that has nothing else: the install page's Linux commands, literally, and the Debian packages.</summary>
[Trait("kind", "release")]
[Collection("bare root")]
public sealed partial class BareRootSpecs(BareRoot root)
{
    const string Install = "curl -L https://releases.sophon.dev/node/sophon-node-linux-x64.tar.gz | sudo tar -xz -C /usr/local/bin";

    [Fact]
    public async Task Every_linux_command_of_the_page_should_work()
    {
        await using var server = await ReleaseServer.StartAsync(ReleaseFolder.Current);
        await using var gateway = await GatewayProgram.StartNewAsync();
        await File.WriteAllTextAsync(await root.PathOfAsync("/usr/local/share/ca-certificates/release.crt"), server.CertificatePem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(await root.PathOfAsync("/root/.curlrc"), $"connect-to = \"{ReleaseServer.Name}:443:127.0.0.1:{server.Port}\"\n", TestContext.Current.CancellationToken);
        await root.RunAsync("update-ca-certificates");

        await root.RunAsync(Install);
        Assert.Equal("sophon-node", (await root.RunAsync("ls -A /usr/local/bin")).Trim());
        Assert.StartsWith("Sophon Node v1.0.0\n", await root.RunAsync("sophon-node version"), StringComparison.Ordinal);

        var registration = await gateway.RegisterAsync();
        await using (var pair = await root.StartAsync($"sophon-node pair --gateway {gateway.Url} --node-id {registration.NodeId} --secret {registration.PairingSecret}"))
        {
            await pair.WaitForAsync("Waiting for approval");
            await gateway.ApproveAsync(registration.NodeId);
            Assert.Equal(0, await pair.ExitAsync());
            Assert.EndsWith("Node paired successfully! Token saved to ~/.sophon-node/config.json\n", pair.Output, StringComparison.Ordinal);
        }

        Assert.Equal("600", (await root.RunAsync("stat -c %a ~/.sophon-node/config.json")).Trim());
        foreach (var start in new[] { "sophon-node start", "sophon-node start --service" })
        {
            await using var node = await root.StartAsync(start);
            await gateway.WaitForStateAsync(registration.NodeId, "online");
            Assert.Equal("succeeded", (await gateway.ExecuteAsync(registration.NodeId, "system.info")).Status);
            await node.WaitForAsync("Heartbeat sent. Status: Online.");
            Assert.Contains("Node ID:         " + registration.NodeId, await root.RunAsync("sophon-node status"), StringComparison.Ordinal);
            node.Terminate();
            Assert.Equal(0, await node.ExitAsync());
        }

        // A terminal of its own, since it asks.
        await root.RunAsync("echo y | script -qec 'sophon-node unpair' /dev/null");
        Assert.False(File.Exists(await root.PathOfAsync("/root/.sophon-node/config.json")));
    }

    [Theory]
    [InlineData("sudo apt install xdotool scrot xclip wmctrl", "xdotool scrot xclip wmctrl")]
    [InlineData("sudo apt install ydotool grim wl-clipboard", "ydotool grim wl-copy")]
    public async Task Helpers_of_the_page_should_be_there_after_its_command(string command, string programs)
    {
        await root.RunAsync("apt-get update", TimeSpan.FromMinutes(5));
        await root.RunAsync(command, TimeSpan.FromMinutes(10));
        await root.RunAsync($"for program in {programs}; do command -v $program; done");
    }

    [Fact]
    public async Task Install_script_should_check_the_sum_and_name_the_missing_helpers()
    {
        var release = await root.PathOfAsync("/release");
        Directory.CreateDirectory(release);
        foreach (var name in new[] { ReleaseFolder.Archive, "SHA256SUMS", "install.sh" }) File.Copy(ReleaseFolder.File(name), Path.Combine(release, name), overwrite: true);
        var said = await root.RunAsync("sh /release/install.sh --from /release --to /opt/tools");
        Assert.Contains("Its SHA-256 sum is right.", said, StringComparison.Ordinal);
        Assert.Contains("Installed /opt/tools/sophon-node", said, StringComparison.Ordinal);
        await root.RunAsync("/opt/tools/sophon-node version");

        await root.RunAsync($"printf x >> /release/{ReleaseFolder.Archive}");
        Assert.Contains("Nothing was installed", await root.RunAsync("! sh /release/install.sh --from /release --to /opt/other 2>&1 && test ! -e /opt/other/sophon-node"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debian_package_should_bring_program_manual_and_completions_and_take_them_away()
    {
        await InstallAsync("sophon-node_1.0.0_amd64.deb");
        Assert.Contains("v1.0.0", await root.RunAsync("/usr/bin/sophon-node version"), StringComparison.Ordinal);
        await root.RunAsync("test -s /usr/share/man/man1/sophon-node.1.gz -a -s /usr/share/bash-completion/completions/sophon-node -a -s /usr/share/fish/vendor_completions.d/sophon-node.fish");
        Assert.Contains("belongs to a Debian package", await root.RunAsync("/usr/bin/sophon-node update --rollback 2>&1; test $? = 31"), StringComparison.Ordinal);
        await root.RunAsync("dpkg -r sophon-node && test ! -e /usr/bin/sophon-node");
    }

    [Fact]
    public async Task Gateways_package_should_serve_what_it_serves()
    {
        await InstallAsync("sophon-gateway_1.0.0_amd64.deb");
        await using (var gateway = await root.StartAsync("sophon-gateway serve --urls http://127.0.0.1:0 --data /var/lib/sophon-gateway-test"))
        {
            await gateway.WaitForAsync("Press Ctrl+C to stop.", TimeSpan.FromMinutes(1));
            var url = new Uri(gateway.Output.Split('\n').Single(line => line.StartsWith("Listening on ", StringComparison.Ordinal)).Split(' ')[2]);
            using var http = new HttpClient();
            // The Dashboard's page, and each script and style that it names: they lie beside the program.
            var page = await http.GetStringAsync(new Uri(url, "login"), TestContext.Current.CancellationToken);
            var named = Named().Matches(page).Select(match => match.Groups[1].Value).ToList();
            Assert.Contains(named, path => path.Contains("blazor.web", StringComparison.Ordinal) && path.EndsWith(".js", StringComparison.Ordinal));
            foreach (var path in named) Assert.NotEmpty(await http.GetByteArrayAsync(new Uri(url, path), TestContext.Current.CancellationToken));
            gateway.Terminate();
            Assert.Equal(0, await gateway.ExitAsync());
        }

        await root.RunAsync("dpkg -r sophon-gateway && test ! -e /usr/bin/sophon-gateway");
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+\\.(?:js|css))\"")]
    private static partial Regex Named();

    async Task InstallAsync(string package)
    {
        File.Copy(ReleaseFolder.File(package), await root.PathOfAsync("/" + package), overwrite: true);
        await root.RunAsync($"dpkg -i /{package}");
    }
}
