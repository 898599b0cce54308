using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Sophon.Gateway.Changes;
using Sophon.Gateway.Dashboard.Security;
using Sophon.Gateway.Dashboard.Settings.Devices.Pairing;

namespace Sophon.Gateway.Dashboard;

/// <summary>Puts the Dashboard into the Gateway.</summary>
static class DashboardHosting
{
    /// <summary>What a browser may send at once: forms and clicks, nothing large.</summary>
    const int LargestMessageBytes = 128 * 1024;

    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<ChangeFeed>().AddHostedService<PassingTime>().AddHostedService<AccountChanges>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<Person>().AddScoped<FreshCredentials>();
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits => circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3))
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessageBytes);
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
    }

    /// <summary>Before the endpoints.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.Use((http, next) =>
        {
            // Programs get problem details, from the middleware around this one.
            if (!BrowserPages.IsAsked(http)) http.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            return next(http);
        });
        app.UseMiddleware<ContentSecurity>();
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>()
            // Compressed, what a page shows (a pairing secret) and what another makes it show would share one dictionary: its length would tell.
            .AddInteractiveServerRenderMode(server => server.DisableWebSocketCompression = true);
    }
}
