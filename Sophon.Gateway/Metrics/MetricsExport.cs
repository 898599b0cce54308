using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Metrics;

/// <summary><c>/metrics</c> for Prometheus, and OTLP where OpenTelemetry's own variables name a collector.</summary>
static class MetricsExport
{
    public const string Path = "/metrics";

    static readonly string[] OtlpVariables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Ours, those of ASP.NET Core and .NET, and those of the store's libraries.</summary>
    static readonly string[] Meters =
    [
        GatewayMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Diagnostics", "System.Runtime", "Microsoft.EntityFrameworkCore", "Npgsql",
    ];

    /// <summary>Which headers tell that a proxy has passed a request on.</summary>
    static readonly string[] ProxyHeaders = ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"];

    public static void AddMetrics(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton<GatewayMetrics>();
        var otlp = OtlpVariables.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
        if (settings.Metrics == MetricsAccess.Off && !otlp) return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("sophon-gateway", serviceVersion: GatewayVersion.Text).AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (settings.Metrics != MetricsAccess.Off) metrics.AddPrometheusExporter();
                if (otlp) metrics.AddOtlpExporter();
            });
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes, GatewaySettings settings)
    {
        if (settings.Metrics == MetricsAccess.Off) return;
        var pipeline = routes.CreateApplicationBuilder();
        if (settings.Metrics == MetricsAccess.Loopback) pipeline.Use((http, next) => IsOfThisMachine(http) ? next(http) : throw Refusal());
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        var endpoint = routes.MapGet(Path, pipeline.Build()).ExcludeFromDescription();
        if (settings.Metrics == MetricsAccess.Token) endpoint.RequireAuthorization(ApiPolicies.View);
    }

    /// <summary>A proxy on this machine that nobody has declared trusted passes for this machine, but for its headers.</summary>
    static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !ProxyHeaders.Any(http.Request.Headers.ContainsKey);

    static ProblemException Refusal() => new(new Problem(
        StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "The metrics are for who asks from the Gateway's own machine. Set Gateway:Metrics to token to read them from elsewhere, with an API token."));
}
