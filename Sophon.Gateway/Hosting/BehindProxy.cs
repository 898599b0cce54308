using Microsoft.AspNetCore.HttpOverrides;

namespace Sophon.Gateway.Hosting;

/// <summary>What a reverse proxy changes about a request, undone.</summary>
static class BehindProxy
{
    public static void UseProxies(this IApplicationBuilder app, GatewaySettings settings)
    {
        if (settings.TrustedProxies.Count > 0)
        {
            // The host comes as it is (proxies pass Host on); X-Forwarded-Host would be one more thing for a client to invent.
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.TrustedProxies) options.KnownIPNetworks.Add(network);
            app.UseForwardedHeaders(options);
        }

        if (settings.PathBase.Length > 0) app.Use((http, next) =>
        {
            // A proxy that has cut the path base off means it all the same: links have to lead through the proxy.
            http.Request.PathBase = settings.PathBase;
            if (http.Request.Path.StartsWithSegments(settings.PathBase, StringComparison.OrdinalIgnoreCase, out var rest)) http.Request.Path = rest;
            return next(http);
        });
    }
}
