using System.Globalization;
using System.Text.Json;
using Sophon.Node.Tests.Structure;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.EndToEnd;

/// <summary>The programs as built, with a real nginx between them: docs/nginx.conf with TLS, under a path of its own.</summary>
[Trait("kind", "real")]
public sealed class ReverseProxySpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly TestCertificates certificates = new();

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    /// <summary>The documented file, with this test's ports and certificate in it.</summary>
    string Configuration(int port, Uri gateway)
    {
        certificates.WritePem(certificates.Server(), folder.File("fullchain.pem"), folder.File("privkey.pem"));
        var text = Repository.Read("docs/nginx.conf");
        foreach (var (documented, here) in new[]
        {
            ("listen 443 ssl", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port} ssl")),
            ("server_name gw.example.com", "server_name localhost"),
            ("/etc/letsencrypt/live/gw.example.com/", folder.Path + "/"),
            ("http://127.0.0.1:8080", gateway.ToString().TrimEnd('/')),
        })
        {
            Assert.Contains(documented, text, StringComparison.Ordinal);
            text = text.Replace(documented, here, StringComparison.Ordinal);
        }

        return text;
    }

    [Fact]
    public async Task Node_should_pair_connect_beat_and_run_commands_through_nginx_with_tls_under_a_path()
    {
        var root = folder.File("root.pem");
        await File.WriteAllTextAsync(root, certificates.Root.ExportCertificatePem());
        // OpenSSL's own variable: the authority counts for this process, as if it were installed.
        var trust = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = root };

        await using var gateway = await GatewayProgram.StartNewAsync(new Dictionary<string, string?> { ["Gateway__PathBase"] = "/sophon", ["Gateway__TrustedProxies"] = "127.0.0.1" });
        await using var nginx = await NginxServer.StartAsync(port => Configuration(port, gateway.Url));
        var url = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{nginx.Port}/sophon");
        Dictionary<string, string?> operators = new(trust) { ["SOPHON_GATEWAY_URL"] = url, ["SOPHON_GATEWAY_TOKEN"] = gateway.AdminToken };

        // The command to copy is made of the address that the operator's own request came by.
        var added = JsonDocument.Parse(await RunAsync("sophon-gateway", operators, "nodes", "add", "Office PC", "--platform", "linux", "--json")).RootElement;
        var (nodeId, command) = (added.GetProperty("nodeId").GetString()!, added.GetProperty("command").GetString()!);
        Assert.StartsWith($"sophon-node pair --gateway {url} --node-id {nodeId} --secret ", command, StringComparison.Ordinal);

        await using var node = new NodeProgram(display: null, trust);
        await node.ConfigureAsync();
        await using (var pair = node.Run(command.Split(' ')[1..]))
        {
            await pair.WaitForAsync("Waiting for approval");
            await RunAsync("sophon-gateway", operators, "nodes", "approve", nodeId, "--yes", "--scopes", "node.command");
            Assert.Equal(0, await pair.ExitAsync());
            Assert.Contains("paired successfully", pair.Output, StringComparison.Ordinal);
        }

        Assert.Contains($"\"{url}\"", await File.ReadAllTextAsync(Path.Combine(node.Home, "config.json")), StringComparison.Ordinal);
        await node.StartAsync();
        Assert.Contains("Connected to Gateway via SignalR.", node.Process.Output, StringComparison.Ordinal);
        Assert.Contains("\"hostName\"", await RunAsync("sophon-gateway", operators, "nodes", "exec", nodeId, "system.info"), StringComparison.Ordinal);
        Assert.DoesNotContain("[error]", nginx.Log, StringComparison.Ordinal);
    }

    static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        await using var run = ProgramProcess.Start(program, arguments, environment);
        Assert.True(await run.ExitAsync() == 0, $"{string.Join(' ', arguments)}: {run.Output} {run.Errors}");
        return run.Output;
    }
}
