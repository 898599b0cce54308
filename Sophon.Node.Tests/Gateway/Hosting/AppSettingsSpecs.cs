using Microsoft.Extensions.Configuration;
using Sophon.Gateway.Hosting;
using Sophon.Node.Tests.Structure;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Gateway.Hosting;

/// <summary>The appsettings.json that comes with the Gateway.</summary>
public class AppSettingsSpecs
{
    static string File => Repository.PathOf("Sophon.Gateway/appsettings.json");

    static SettingReader ReadFile(out GatewaySettings settings)
    {
        var reader = new SettingReader(new ConfigurationBuilder().AddJsonFile(File).Build());
        settings = GatewaySettings.Read(reader);
        return reader;
    }

    [Fact]
    public void Every_setting_that_is_read_should_stand_in_the_file_and_every_other_not()
    {
        var read = ReadFile(out _).Names;
        var written = new ConfigurationBuilder().AddJsonFile(File).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => setting.Key);
        Assert.Equal(read.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void File_should_say_the_defaults()
    {
        ReadFile(out var settings);
        var defaults = GatewaySettings.Read(new ConfigurationBuilder().Build());
        Assert.Equal(defaults with { TrustedProxies = settings.TrustedProxies }, settings);
        Assert.Empty(settings.TrustedProxies);
    }

    [Fact]
    public void Every_setting_should_have_a_comment_above_it()
    {
        var lines = System.IO.File.ReadAllLines(File).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        for (var line = 1; line < lines.Count; line++)
            if (lines[line].StartsWith('"') && !lines[line].EndsWith('{')) Assert.StartsWith("//", lines[line - 1], StringComparison.Ordinal);
    }

    /// <summary>Else a setting could be read that neither the file nor its check knows of.</summary>
    [Fact]
    public void Nobody_but_the_settings_should_read_the_configuration()
    {
        string[] readers = ["GatewaySettings.cs", "GatewayConfiguration.cs", "SettingReader.cs"];
        var others = Directory.GetFiles(Repository.PathOf("Sophon.Gateway"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin") && !readers.Contains(Path.GetFileName(path)))
            .Where(path => System.IO.File.ReadAllText(path) is var text && (text.Contains("IConfiguration", StringComparison.Ordinal) || text.Contains(".GetSection(", StringComparison.Ordinal)));
        Assert.Empty(others);
    }

    [Fact]
    public async Task File_in_the_data_folder_should_hold_over_the_programs_and_beneath_the_command_line()
    {
        using var folder = new TestFolder();
        await System.IO.File.WriteAllTextAsync(folder.File("appsettings.json"), """{ "Gateway": { "RetentionDays": 7, /* mine */ "SessionHours": 3, } }""");
        using var data = DataFolder.Open(folder.Path);
        await using var app = GatewayApp.Create(data, overrides: [KeyValuePair.Create<string, string?>("Gateway:SessionHours", "5")]);
        var settings = (GatewaySettings)app.Services.GetService(typeof(GatewaySettings))!;
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromHours(5)), (settings.Retention, settings.SessionTime));

        await System.IO.File.WriteAllTextAsync(folder.File("appsettings.json"), "{ \"Gateway\": ");
        var error = Assert.Throws<GatewayStartException>(() => GatewayApp.Create(data));
        Assert.Contains(folder.File("appsettings.json"), error.Message, StringComparison.Ordinal);
    }
}
