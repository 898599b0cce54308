using System.Security.Cryptography.X509Certificates;
using Sophon.Node.Tests.Node.Identity.TokenStores;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.Tls;
using Xunit;

namespace Sophon.Node.Tests.Node.Cli;

/// <summary>The real program and a real Gateway behind real TLS: what <c>pair</c> is told holds for <c>start</c>.</summary>
[Trait("kind", "real")]
public sealed class SecurePairingSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly TestAuthority authority = new();
    readonly TestAuthority stranger = new("Somebody else");

    string Home => folder.File("home");

    public void Dispose()
    {
        authority.Dispose();
        stranger.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Ca_file_should_hold_for_pairing_and_for_the_websocket_and_refuse_another_authority()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        using X509Certificate2 good = authority.Issue("localhost"), bad = stranger.Issue("localhost");
        await using var front = new TlsFront(gateway.Url, good);
        await PairAsync(gateway, front, "--ca-file", authority.WriteTo(folder.File("ca.pem")));
        Assert.Contains($"ca-file = \"{folder.File("ca.pem")}\"", await File.ReadAllTextAsync(Path.Combine(Home, "connection.conf"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await using (var node = Program("start"))
        {
            await node.WaitForAsync("Heartbeat sent. Status: Online.");
            node.Terminate();
            Assert.Equal(0, await node.ExitAsync());
        }

        front.Present(bad);
        var before = front.Trusted;
        await using (var node = Program("start"))
        {
            await node.WaitForAsync("its certificate is not signed by what the CA file holds");
            Assert.Contains("CN=Somebody else", node.Output, StringComparison.Ordinal);
        }

        Assert.Equal(before, front.Trusted);
        await using (var doctor = Program("doctor"))
        {
            Assert.Equal((int)ExitCode.Problem, await doctor.ExitAsync());
            Assert.Contains("its certificate is not signed by what the CA file holds", doctor.Output, StringComparison.Ordinal);
        }

        File.Delete(folder.File("ca.pem"));
        await using (var node = Program("start"))
        {
            Assert.Equal((int)ExitCode.Settings, await node.ExitAsync());
            Assert.Contains(folder.File("ca.pem"), node.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pin_should_hold_for_pairing_and_for_the_websocket_and_refuse_another_certificate()
    {
        await using var gateway = await GatewayProgram.StartNewAsync();
        using X509Certificate2 good = authority.Issue("localhost"), next = authority.Issue("localhost");
        await using var front = new TlsFront(gateway.Url, good);
        await using (var unpinned = Pair(front, await gateway.RegisterAsync()))
        {
            Assert.Equal((int)ExitCode.GatewayTls, await unpinned.ExitAsync());
            Assert.Single(unpinned.Errors.TrimEnd().Split('\n'));
        }

        await PairAsync(gateway, front, "--pin-sha256", TestAuthority.FingerprintOf(good));
        await using (var node = Program("start")) await node.WaitForAsync("Heartbeat sent. Status: Online.");
        front.Present(next);
        await using (var node = Program("start")) await node.WaitForAsync("its certificate is not the pinned one");
    }

    [Fact]
    public async Task Token_in_the_secret_service_should_be_used_by_start_and_gone_after_unpair()
    {
        await using var keyring = await KeyringService.StartAsync();
        await using var gateway = await GatewayProgram.StartNewAsync();
        var registration = await gateway.RegisterAsync();
        await using (var pair = Program(keyring.Variables, "pair", "--gateway", gateway.Url.ToString(), "--node-id", registration.NodeId, "--secret", registration.PairingSecret, "--token-store", "os"))
        {
            await pair.WaitForAsync("Waiting for approval");
            await gateway.ApproveAsync(registration.NodeId);
            Assert.Equal(0, await pair.ExitAsync());
            Assert.Contains("Token saved to the Secret Service of this session", pair.Output, StringComparison.Ordinal);
        }

        var config = await File.ReadAllTextAsync(Path.Combine(Home, "config.json"), TestContext.Current.CancellationToken);
        Assert.Contains($"{registration.NodeId}.kept-by-the-operating-system", config, StringComparison.Ordinal);
        await using (var node = Program(keyring.Variables, "start"))
        {
            await node.WaitForAsync("Heartbeat sent. Status: Online.");

            // It asks no store: what runs is told by the Node itself.
            await using var status = Program("status");
            Assert.Equal(0, await status.ExitAsync());
            Assert.Contains("kept by the operating system", status.Output, StringComparison.Ordinal);
        }

        await using (var without = Program("start"))
        {
            Assert.Equal((int)ExitCode.Settings, await without.ExitAsync());
            Assert.Contains("DBUS_SESSION_BUS_ADDRESS", without.Errors, StringComparison.Ordinal);
        }

        await using (var unpair = Program(keyring.Variables, "unpair", "--yes")) Assert.Equal(0, await unpair.ExitAsync());
        var left = await TestProcess.Start("secret-tool", ["search", "--all", "application", "sophon-node"], keyring.Variables).WaitForTextAsync();
        Assert.DoesNotContain("secret", left, StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFiles(Home, "co*"));
    }

    async Task PairAsync(GatewayProgram gateway, TlsFront front, params string[] more)
    {
        var registration = await gateway.RegisterAsync();
        await using var pair = Pair(front, registration, more);
        await pair.WaitForAsync("Waiting for approval");
        await gateway.ApproveAsync(registration.NodeId);
        Assert.Equal(0, await pair.ExitAsync());
    }

    ProgramProcess Pair(TlsFront front, GatewayProgram.Registration registration, params string[] more) => Program(
        ["pair", "--gateway", front.Address.ToString(), "--node-id", registration.NodeId, "--secret", registration.PairingSecret, .. more]);

    ProgramProcess Program(params string[] arguments) => Program(new Dictionary<string, string?> { ["DBUS_SESSION_BUS_ADDRESS"] = null }, arguments);

    ProgramProcess Program(IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        ProgramProcess.Start("sophon-node", arguments, new Dictionary<string, string?>(variables) { ["SOPHON_NODE_HOME"] = Home, ["DISPLAY"] = null });}
