using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Serilog;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Live;
using Sophon.Gateway.Nodes;
using Sophon.Gateway.Pairing;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Gateway.Tokens;
using Sophon.Node.Protocol.Json;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Gateway.Hosting;

/// <summary>The composition of the Gateway.</summary>
static class GatewayApp
{
    /// <summary>A command of 8 MiB on the wire may come escaped, which takes more; what it takes on the wire is checked afterwards.</summary>
    public const int LargestRequestBytes = 32 * 1024 * 1024;

    /// <param name="overrides">Settings of the command line, over those of the environment and appsettings.json.</param>
    /// <param name="customize">For tests: another server, another clock.</param>
    /// <exception cref="GatewayStartException">A setting or the data folder can't be used.</exception>
    public static WebApplication Create(
        DataFolder folder, bool verbose = false, IEnumerable<KeyValuePair<string, string?>>? overrides = null, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            // Settings are read once. Watching their files costs an inotify instance, of which a user has 128, and fails where they are used up.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(overrides ?? []);
        var settings = GatewaySettings.Read(builder.Configuration);

        // One setting names the addresses. ASPNETCORE_URLS would be a second one that silently wins or loses.
        builder.WebHost.UseUrls(settings.Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequestBytes;
        });
        builder.Services.AddSerilog(GatewayLogging.Create(folder, verbose), dispose: true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));

        builder.Services.AddSingleton(settings).AddSingleton(folder).AddSingleton(TimeProvider.System).AddSingleton<GatewayUrls>();
        AddStore(builder.Services, folder);
        AddFeatures(builder.Services, folder);
        AddWeb(builder.Services, folder);
        customize?.Invoke(builder);

        var app = builder.Build();
        Map(app);
        return app;
    }

    static void AddStore(IServiceCollection services, DataFolder folder)
    {
        services.AddPooledDbContextFactory<SqliteGatewayDb>(options => SqliteGatewayDb.Configure(options, folder.Database));
        services.AddSingleton<IDbContextFactory<GatewayDb>, GatewayDbFactory<SqliteGatewayDb>>();
        services.AddSingleton<StoreWriter>().AddHostedService(provider => provider.GetRequiredService<StoreWriter>());
    }

    static void AddFeatures(IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton<NodeDirectory>().AddSingleton<NodeConnections>().AddSingleton<OpenSockets>().AddSingleton<NodeService>().AddSingleton<NodeViews>();
        services.AddSingleton<PairingService>().AddSingleton<FailedAttempts>();
        services.AddSingleton<ApiTokens>().AddSingleton<LiveViews>();
        services.AddSingleton<CommandLedger>().AddSingleton<CommandService>().AddSingleton<CommandResults>().AddSingleton<CommandRecovery>()
            .AddSingleton<CommandHistory>().AddSingleton<KeptResults>().AddSingleton(_ => new RequestDigest(folder.ReadDigestKey()));
        services.AddSingleton<GatewayStartup>().AddHostedService(provider => provider.GetRequiredService<GatewayStartup>());
        services.AddHostedService<CommandSweep>().AddHostedService<Farewell>();
    }

    static void AddWeb(IServiceCollection services, DataFolder folder)
    {
        services.AddDataProtection().SetApplicationName("sophon-gateway").PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, NodeTokenHandler>(NodeTokenHandler.SchemeName, null);
        services.AddAuthorization(options =>
        {
            ApiPolicies.Add(options);
            options.AddPolicy(NodeTokenHandler.Policy, policy => policy.AddAuthenticationSchemes(NodeTokenHandler.SchemeName).RequireAuthenticatedUser());
        });
        services.AddProblemDetails().AddExceptionHandler<ProblemResponses>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Converters.Add(new ErrorCodeText());
            options.SerializerOptions.Converters.Add(new CommandStatusText());
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddOpenApi(ApiDescription.Configure);
        services.AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = WireLimits.NodeToGatewayBytes;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
                hub.AddFilter<HubFaults>();
                // Results are acknowledged when they are stored: side by side they share a transaction.
                hub.MaximumParallelInvocationsPerClient = 64;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = HubJson.Options);
    }

    static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemResponses.WriteEmptyAsync);
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseAuthorization();

        app.UseWhen(http => http.Request.Path == WireNames.HubPath, hub => hub.Use(app.Services.GetRequiredService<OpenSockets>().RunAsync));

        app.MapLandingPage();
        app.MapHealth();
        app.MapOpenApi();
        app.MapPairing();
        app.MapNodes();
        app.MapCommands();
        app.MapLiveView();
        app.MapNodeSockets();
        app.MapHub<NodeHub>(WireNames.HubPath, options => options.Transports = HttpTransportType.WebSockets);
    }
}
