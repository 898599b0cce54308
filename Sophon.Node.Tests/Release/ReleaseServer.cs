using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sophon.Node.Tests.Release;

/// <summary>The page's download address, on this machine: HTTPS under its own name and a certificate of its own.</summary>
sealed class ReleaseServer : IAsyncDisposable
{
    public const string Name = "releases.sophon.dev";

    readonly WebApplication app;

    ReleaseServer(WebApplication app, string certificate) => (this.app, CertificatePem) = (app, certificate);

    /// <summary>What has to be trusted.</summary>
    public string CertificatePem { get; }

    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public static async Task<ReleaseServer> StartAsync(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.MapGet("/node/{file}", (string file) => File.Exists(Path.Combine(folder, Path.GetFileName(file))) ? Results.File(Path.Combine(folder, Path.GetFileName(file))) : Results.NotFound());
        await app.StartAsync();
        return new ReleaseServer(app, certificate.ExportCertificatePem() + "\n");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
