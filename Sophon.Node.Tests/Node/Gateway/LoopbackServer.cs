using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>A Kestrel on a free port of 127.0.0.1 that does what a test says.</summary>
sealed class LoopbackServer : IAsyncDisposable
{
    readonly WebApplication application;

    LoopbackServer(WebApplication application, Uri address) => (this.application, Address) = (application, address);

    public Uri Address { get; }

    /// <param name="certificate">Null for plain http.</param>
    public static async Task<LoopbackServer> StartAsync(
        Action<WebApplication> configure, Action<IServiceCollection>? services = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        services?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var application = builder.Build();
        configure(application);
        await application.StartAsync();
        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new LoopbackServer(application, new Uri(bound));
    }

    /// <param name="subject">The host name that it is for; 127.0.0.1 besides.</param>
    /// <param name="expired">Its time is over.</param>
    public static X509Certificate2 SelfSigned(string subject, bool forLoopback = true, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(subject);
        if (forLoopback) names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var from = DateTimeOffset.UtcNow.AddDays(-30);
        using var made = request.CreateSelfSigned(from, expired ? from.AddDays(1) : from.AddDays(300));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }
}
