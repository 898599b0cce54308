using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting.Systemd;
using Sophon.Gateway.Hosting;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Cli;

/// <summary>Runs the Gateway until it is told to stop.</summary>
static class ServeCommand
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"The data folder; else {DataFolder.HomeVariable}, else ~/.sophon-gateway.",
        HelpName = "FOLDER",
    };

    public static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"Addresses to listen on, separated by semicolons. Default: {GatewaySettings.DefaultListen}, this machine only.",
        HelpName = "URLS",
    };

    public static readonly Option<string?> PublicUrl = new("--public-url")
    {
        Description = "The URL at which Nodes reach the Gateway, e.g. behind a reverse proxy.",
        HelpName = "URL",
    };

    static readonly Option<bool> Verbose = new("--verbose") { Description = "Log information to standard error too." };

    /// <summary>As the verb <c>serve</c>, and as what the program does without a verb.</summary>
    public static void AddTo(RootCommand root)
    {
        var serve = new Command("serve", """
            Run the Gateway until Ctrl+C or SIGTERM.

            Examples:
              sophon-gateway serve
              sophon-gateway serve --urls "http://127.0.0.1:9000" --data /var/lib/sophon-gateway
              Gateway__KeepFullResults=true sophon-gateway serve
            """);
        foreach (var command in new[] { root, serve })
        {
            command.Options.Add(Urls);
            command.Options.Add(PublicUrl);
            command.Options.Add(Data);
            command.Options.Add(Verbose);
            command.SetAction((parsed, _) => RunAsync(parsed));
        }

        root.Subcommands.Add(serve);
    }

    static async Task<int> RunAsync(ParseResult parsed)
    {
        using var folder = DataFolder.Open(parsed.GetValue(Data));
        folder.Own();
        var overrides = new Dictionary<string, string?>();
        if (parsed.GetValue(Urls) is { } urls) overrides["Gateway:Listen"] = urls;
        if (parsed.GetValue(PublicUrl) is { } publicUrl) overrides["Gateway:PublicUrl"] = publicUrl;

        await using var app = GatewayApp.Create(folder, parsed.GetValue(Verbose), overrides);
        await StartAsync(app);
        Announce(app, parsed.InvocationConfiguration.Output);
        TellServiceManager(app);
        await app.WaitForShutdownAsync();
        if (app.Services.GetRequiredService<StoreOwnership>().Lost is { } lost) throw new GatewayStartException(app.Services.GetRequiredService<GatewayStore>().Explain(lost), lost);
        return ExitCodes.Ok;
    }

    // Not by AddSystemd: it looks for a parent by the name of systemd, and not for the socket, which is what sd_notify(3) goes by.
    static void TellServiceManager(WebApplication app)
    {
        var manager = new SystemdNotifier();
        if (!manager.IsEnabled) return;
        app.Lifetime.ApplicationStopping.Register(() => manager.Notify(ServiceState.Stopping));
        manager.Notify(ServiceState.Ready);
    }

    static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception error)
        {
            // What had started already is still at work, and would log that its store goes away.
            await app.StopAsync();
            if (Explain(error, app.Services.GetRequiredService<GatewaySettings>().Listen) is { } sentence) throw new GatewayStartException(sentence, error);
            throw;
        }
    }

    static string? Explain(Exception error, string listen) => error switch
    {
        IOException { InnerException: AddressInUseException } => $"{listen} is in use by another program. Stop it, or listen elsewhere: --urls http://localhost:9090",
        SocketException => $"The Gateway can't listen on {listen}: {error.Message}. Give another address with --urls.",
        FormatException or InvalidOperationException or IOException => $"The Gateway can't listen on {listen}: {error.Message} --urls takes addresses like http://localhost:8080.",
        _ => null,
    };

    static void Announce(WebApplication app, TextWriter output)
    {
        var settings = app.Services.GetRequiredService<GatewaySettings>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        output.WriteLine($"Sophon Gateway v{GatewayVersion.Text}");
        foreach (var address in addresses)
            output.WriteLine($"Listening on {address}" + (BindingAddress.Parse(address).Host is "localhost" or "127.0.0.1" or "[::1]" ? " (this machine only)" : ""));
        if (settings.PublicUrl is { } publicUrl) output.WriteLine($"Public URL:  {publicUrl}");
        output.WriteLine($"Data:        {app.Services.GetRequiredService<GatewayStore>().Name}");
        if (app.Services.GetRequiredService<GatewayStartup>().NewAdminToken is { } token)
        {
            output.WriteLine($"Admin token: {token}");
            output.WriteLine("             Shown once; only its hash is kept. For the other verbs: export SOPHON_GATEWAY_TOKEN=...");
        }

        if (app.Services.GetRequiredService<GatewayStartup>().SetupCode is { } setup)
            output.WriteLine($"Setup code:  {setup.Code} at {(settings.PublicUrl?.ToString() ?? addresses.First()).TrimEnd('/')}/setup makes the first administrator, once, until {setup.ExpiresAt.UtcDateTime:HH:mm} UTC");

        output.WriteLine("Press Ctrl+C to stop.");
        output.Flush();
    }
}
