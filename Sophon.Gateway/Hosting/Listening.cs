namespace Sophon.Gateway.Hosting;

/// <summary>The addresses that the Gateway listens on, and how.</summary>
static class Listening
{
    /// <summary>A command of 8 MiB on the wire may come escaped, which takes more; what it takes on the wire is checked afterwards.</summary>
    public const int LargestRequestBytes = 32 * 1024 * 1024;

    /// <exception cref="GatewayStartException">Addresses and certificate don't fit together.</exception>
    public static void Configure(WebApplicationBuilder builder, GatewaySettings settings)
    {
        var addresses = settings.Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var https = addresses.FirstOrDefault(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        if (https is not null && settings.Certificate is null)
            throw new GatewayStartException($"{https} needs a certificate: set Gateway:Certificate:Path, and Gateway:Certificate:KeyPath where the key has a file of its own.");
        if (https is null && settings.Certificate is not null)
            throw new GatewayStartException($"Gateway:Certificate:Path is set, and Gateway:Listen ({settings.Listen}) has no https address; give one, e.g. https://0.0.0.0:8443.");

        // One setting names the addresses. ASPNETCORE_URLS would be a second one that silently wins or loses.
        builder.WebHost.UseUrls(addresses);
        if (settings.Certificate is { } certificate) builder.Services.AddSingleton(certificate).AddSingleton<ServerCertificate>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequestBytes;
            if (kestrel.ApplicationServices.GetService<ServerCertificate>() is not { } server) return;
            kestrel.ConfigureHttpsDefaults(tls =>
            {
                tls.ServerCertificateSelector = (_, _) => server.Current.TargetCertificate;
                tls.OnAuthenticate = (_, handshake) =>
                {
                    // The selector's certificate would go out alone, without those between it and the root.
                    handshake.ServerCertificateSelectionCallback = null;
                    handshake.ServerCertificateContext = server.Current;
                };
            });
        });
    }
}
