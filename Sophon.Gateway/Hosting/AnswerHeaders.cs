using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Sophon.Gateway.Hosting;

/// <summary>What every answer tells a browser, and how large ones travel.</summary>
static class AnswerHeaders
{
    /// <summary>For what has no policy of its own: answers of the API are no pages.</summary>
    const string NoPage = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    static readonly TimeSpan HttpsOnly = TimeSpan.FromDays(180);

    public static void AddAnswerHeaders(this IServiceCollection services)
    {
        services.AddHsts(hsts => hsts.MaxAge = HttpsOnly);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json", "text/plain"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, Compression>();
    }

    public static void UseAnswerHeaders(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            // Registered first, called last: what a page has set for itself stays.
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.TryAdd("Referrer-Policy", "no-referrer");
                headers.TryAdd("Content-Security-Policy", NoPage);
                return Task.CompletedTask;
            });
            return next(http);
        });
        app.UseHsts();
        app.UseResponseCompression();
    }

    /// <summary>
    /// Lists of thousands of nodes, not pages, and nothing that must not be stored: how well an answer compresses tells about
    /// a secret in it (BREACH).
    /// </summary>
    sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            !context.Response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase) && base.ShouldCompressResponse(context);
    }
}
