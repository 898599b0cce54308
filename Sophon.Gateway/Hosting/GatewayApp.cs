using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Serilog;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Approvals;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Dashboard;
using Sophon.Gateway.Hub;
using Sophon.Gateway.Live;
using Sophon.Gateway.Metrics;
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
    const string CallerScheme = "Caller";

    /// <param name="overrides">Settings of the command line, over those of the environment and appsettings.json.</param>
    /// <param name="customize">For tests: another server, another clock.</param>
    /// <exception cref="GatewayStartException">A setting or the data folder can't be used.</exception>
    public static WebApplication Create(
        DataFolder folder, bool verbose = false, IEnumerable<KeyValuePair<string, string?>>? overrides = null, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = GatewayConfiguration.CreateBuilder();
        var settings = GatewaySettings.Read(GatewayConfiguration.Complete(builder.Configuration, folder, overrides ?? []));

        // In a build's output the assets are still where their sources are; its manifest says where.
        builder.WebHost.UseStaticWebAssets();
        Listening.Configure(builder, settings);
        builder.Services.AddSerilog(GatewayLogging.Create(folder, verbose), dispose: true);

        // Takes effect only when the service manager of Windows has started this process.
        builder.Services.AddWindowsService(options => options.ServiceName = "SophonGateway");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));

        builder.Services.AddSingleton(settings).AddSingleton(folder).AddSingleton<TimeProvider>(new StoredTime()).AddSingleton<GatewayUrls>();
        AddStore(builder.Services, GatewayStore.Of(settings, folder));
        AddFeatures(builder.Services, folder);
        AddWeb(builder.Services, folder);
        builder.Services.AddMetrics(settings);
        builder.Services.AddAnswerHeaders();
        builder.Services.AddDashboard();
        customize?.Invoke(builder);

        var app = builder.Build();
        Map(app, settings);
        return app;
    }

    static void AddStore(IServiceCollection services, GatewayStore store)
    {
        services.AddSingleton(store);
        store.AddTo(services);
        services.AddSingleton<StoreOwnership>().AddSingleton<StoreWriter>().AddHostedService(provider => provider.GetRequiredService<StoreWriter>());
    }

    static void AddFeatures(IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton<NodeDirectory>().AddSingleton<NodeConnections>().AddSingleton<OpenSockets>().AddSingleton<NodeService>().AddSingleton<NodeViews>().AddSingleton<HeartbeatSamples>();
        services.AddSingleton<PairingService>().AddSingleton<FailedAttempts>();
        services.AddSingleton<ApiTokens>().AddSingleton<LiveViews>();
        services.AddSingleton<AccountDirectory>().AddSingleton<AccountService>().AddSingleton<AccountSessions>().AddSingleton<Passwords>()
            .AddSingleton<Logins>().AddSingleton<SetupCodes>();
        services.AddSingleton<CommandLedger>().AddSingleton<CommandService>().AddSingleton<CommandResults>().AddSingleton<CommandRecovery>()
            .AddSingleton<CommandHistory>().AddSingleton<KeptResults>().AddSingleton(_ => new RequestDigest(folder.ReadDigestKey()));
        services.AddSingleton<ApprovalService>().AddSingleton<AuditLog>().AddSingleton<AuditTrail>();
        services.AddSingleton<GatewayStartup>().AddHostedService(provider => provider.GetRequiredService<GatewayStartup>());
        services.AddHostedService<CommandSweep>().AddHostedService<Farewell>();
    }

    static void AddWeb(IServiceCollection services, DataFolder folder)
    {
        services.AddDataProtection().SetApplicationName("sophon-gateway").PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        services.AddAuthentication(CallerScheme)
            .AddPolicyScheme(CallerScheme, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddCookie(AccountCookie.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, NodeTokenHandler>(NodeTokenHandler.SchemeName, null);
        services.AddOptions<CookieAuthenticationOptions>(AccountCookie.SchemeName).Configure<GatewaySettings>(AccountCookie.Configure);
        services.AddSingleton<IAuthorizationHandler, LeastRoleHandler>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sophon-gateway-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
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
        services.AddSignalR().AddHubOptions<NodeHub>(hub =>
            {
                hub.MaximumReceiveMessageSize = WireLimits.NodeToGatewayBytes;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(10);

                // A Node whose clock was set back sends no ping before its next heartbeat, 30 s later at most: SignalR's client asks the wall clock.
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(40);
                hub.AddFilter<HubFaults>();
                // Results are acknowledged when they are stored: side by side they share a transaction.
                hub.MaximumParallelInvocationsPerClient = 64;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = HubJson.Options);
    }

    /// <summary>A token where there is one, else the cookie: never both, so that nobody acts as two.</summary>
    static string SchemeOf(HttpContext http) =>
        http.Request.Path.StartsWithSegments(WireNames.HubPath) ? NodeTokenHandler.SchemeName
        : BearerHeader.Read(http.Request) is not null ? ApiTokenHandler.SchemeName
        : AccountCookie.SchemeName;

    static void Map(WebApplication app, GatewaySettings settings)
    {
        _ = app.Services.GetRequiredService<GatewayMetrics>(); // what it observes is there from the start
        app.UseProxies(settings);
        app.UseAnswerHeaders();
        // A browser that wanted a page gets one; ProblemResponses answers everything else.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/failed", CreateScopeForErrors = true });
        app.UseStatusCodePages(ProblemResponses.WriteEmptyAsync);
        app.UseRouting();
        app.UseDashboard();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), api => api.Use(CrossSiteRequests.RefuseAsync));

        app.UseWhen(http => http.Request.Path == WireNames.HubPath, hub => hub.Use(app.Services.GetRequiredService<OpenSockets>().RunAsync));

        app.MapDashboard();
        app.MapHealth();
        app.MapMetrics(settings);
        app.MapOpenApi();
        app.MapAccounts();
        app.MapUsers();
        app.MapTokens();
        app.MapApprovals();
        app.MapAudit();
        app.MapPairing();
        app.MapNodes();
        app.MapCommands();
        app.MapLiveView();
        app.MapNodeSockets();
        app.MapHub<NodeHub>(WireNames.HubPath, options => options.Transports = HttpTransportType.WebSockets);
    }
}
