using Microsoft.Extensions.Configuration.Json;

namespace Sophon.Gateway.Hosting;

/// <summary>
/// Where settings come from, each over those before it: the appsettings.json that came with the program, the operator's in the
/// data folder, the environment, the command line.
/// </summary>
static class GatewayConfiguration
{
    const string FileName = "appsettings.json";

    /// <exception cref="GatewayStartException">The program's own file can't be read.</exception>
    public static WebApplicationBuilder CreateBuilder() => Read(Path.Combine(AppContext.BaseDirectory, FileName), () => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        // Static assets are found by these: the program's own, not the working directory's or the tests'.
        ContentRootPath = AppContext.BaseDirectory,
        ApplicationName = typeof(GatewayApp).Assembly.GetName().Name,
        // Settings are read once. Watching their files costs an inotify instance, of which a user has 128, and fails where they are used up.
        Args = ["--hostBuilder:reloadConfigOnChange=false"],
    }));

    /// <summary>Adds what ASP.NET Core does not know of.</summary>
    /// <exception cref="GatewayStartException">The operator's file can't be read.</exception>
    public static IConfiguration Complete(ConfigurationManager configuration, DataFolder folder, IEnumerable<KeyValuePair<string, string?>> overrides) => Read(folder.Settings, () =>
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var last = sources.Select((source, index) => source is JsonConfigurationSource ? index : -1).Max();
        sources.Insert(last + 1, Operators(folder));
        configuration.AddInMemoryCollection(overrides);
        return configuration;
    });

    /// <summary>For the verbs that open the store without a server.</summary>
    /// <exception cref="GatewayStartException">A file can't be read.</exception>
    public static IConfiguration Load(DataFolder folder) => Read(folder.Settings, () => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, FileName), optional: true)
        .Add(Operators(folder))
        .AddEnvironmentVariables()
        .Build());

    static JsonConfigurationSource Operators(DataFolder folder)
    {
        var source = new JsonConfigurationSource { Path = folder.Settings, Optional = true, ReloadOnChange = false };
        source.ResolveFileProvider();
        return source;
    }

    static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new GatewayStartException($"The settings in {file} can't be read: {error.GetBaseException().Message}", error);
        }
    }
}
