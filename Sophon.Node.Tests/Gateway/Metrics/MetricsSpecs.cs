using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sophon.Node.Tests.Support.Programs;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Metrics;

[Trait("kind", "real")]
public class MetricsSpecs
{
    static Task<TestGateway> GatewayAsync(string access = "loopback", string proxies = "") => TestGateway.OnSocketAsync(
        settings: new() { ["Gateway:Metrics"] = access, ["Gateway:TrustedProxies"] = proxies });

    /// <summary>A metric's value, whatever its labels.</summary>
    static string Value(string page, string metric) => Regex.Match(page, $@"^{metric}(\{{[^}}]*\}})? (\S+)", RegexOptions.Multiline).Groups[2].Value;

    [Fact]
    public async Task Page_should_count_what_nodes_and_commands_do()
    {
        await using var gateway = await GatewayAsync();
        await using var node = await FakeNode.OnlineAsync(gateway, await gateway.PairAsync("node.command"));
        await node.BeatAsync();
        _ = node.ServeAsync(_ => new { ok = true });
        Assert.True((await gateway.PostCommandAsync(node.Token.NodeId, "system.info")).IsSuccessStatusCode);
        await gateway.PollAsync("nobody", "wrong");

        var page = await gateway.Anonymous.GetStringAsync("metrics");
        Assert.Equal("1", Value(page, "sophon_gateway_nodes_connected"));
        Assert.Equal("0", Value(page, "sophon_gateway_commands_open"));
        Assert.Equal("2", Value(page, "sophon_gateway_heartbeats_total"));
        Assert.Matches("""sophon_gateway_commands_total\{(?=[^}]*sophon_command_status="succeeded")[^}]*sophon_command_type="system.info"[^}]*\} 1\b""", page);
        Assert.Matches("""sophon_gateway_command_duration_seconds_count\{[^}]*sophon_command_type="system.info"[^}]*\} 1\b""", page);
        Assert.Matches("""sophon_gateway_pairing_attempts_total\{[^}]*sophon_pairing_outcome="unauthorized"[^}]*\} 1\b""", page);
        Assert.Matches("""sophon_gateway_pairing_attempts_total\{[^}]*sophon_pairing_outcome="approved"[^}]*\} 1\b""", page);
        Assert.Contains("http_server_request_duration_seconds_count", page, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_should_be_for_this_machine_unless_set_otherwise()
    {
        await using var gateway = await GatewayAsync(proxies: "127.0.0.1");
        Assert.Equal(HttpStatusCode.OK, (await gateway.Anonymous.GetAsync("metrics")).StatusCode);
        foreach (var (header, value) in new[] { ("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=127.0.0.1"), ("Via", "1.1 proxy") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
            request.Headers.TryAddWithoutValidation(header, value);
            Assert.Equal("forbidden", await gateway.Anonymous.SendAsync(request).ProblemAsync(403));
        }
    }

    [Fact]
    public async Task Page_should_take_a_token_or_be_off_when_set()
    {
        await using (var gateway = await GatewayAsync("token"))
        {
            Assert.Equal("unauthorized", await gateway.Anonymous.GetAsync("metrics").ProblemAsync(401));
            Assert.Equal(HttpStatusCode.OK, (await gateway.Admin.GetAsync("metrics")).StatusCode);
        }

        await using var off = await GatewayAsync("off");
        Assert.Equal("notFound", await off.Admin.GetAsync("metrics").ProblemAsync(404));
    }

    [Fact]
    public async Task Metrics_should_be_pushed_to_the_collector_that_opentelemetrys_variables_name()
    {
        var pushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            if (http.Request.Path == "/v1/metrics" && body.ToArray().AsSpan().IndexOf("sophon.gateway.nodes.connected"u8) >= 0) pushed.TrySetResult();
            http.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync();

        await using var gateway = await GatewayProgram.StartNewAsync(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        });
        await pushed.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
