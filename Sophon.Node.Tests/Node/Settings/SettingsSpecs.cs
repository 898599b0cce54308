using Serilog.Events;
using Sophon.Node.Actors;
using Sophon.Node.Settings;
using Xunit;

namespace Sophon.Node.Tests.Node.Settings;

public sealed class SettingsSpecs
{
    const string Shown = "~/.sophon-node/node.conf";

    [Fact]
    public void Reference_should_say_what_the_records_default_to()
    {
        var settings = Load(null);
        Assert.Equal(new NodeSettings(), settings.Node);
        Assert.Equal(new LogSettings(), settings.Log);
        Assert.Equal(new DesktopSettings(), settings.Desktop);
    }

    [Fact]
    public void Every_key_of_the_reference_should_be_read_and_no_other()
    {
        var reference = EmbeddedConfig.Parse("reference.conf");
        var values = new SettingValues(reference, _ => "");
        NodeSettingsReader.ReadNode(values);
        NodeSettingsReader.ReadLog(values);
        NodeSettingsReader.ReadDesktop(values);
        Assert.Equal(SettingsLoader.KeysOf(reference).Order(), values.Read.Order());
    }

    [Fact]
    public void Every_key_of_the_reference_should_have_a_comment_before_it()
    {
        var lines = EmbeddedConfig.Text("reference.conf").Split('\n');
        var bare = lines.Index().Where(line => line.Item.Contains(" = ", StringComparison.Ordinal) && !line.Item.TrimStart().StartsWith('#'))
            .Where(line => !lines[line.Index - 1].TrimStart().StartsWith('#')).Select(line => line.Item.Trim());
        Assert.Empty(bare);
    }

    [Fact]
    public void Node_conf_should_win_over_overlay_and_defaults()
    {
        var settings = Load("sophon.node { pairing.poll-interval = 5s, log { console-level = error } }\nsophon.node.gateway.token-in-query = on", RunMode.Service);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Node.Pairing.PollInterval);
        Assert.Equal(LogEventLevel.Error, settings.Log.ConsoleLevel);
        Assert.True(settings.Node.Gateway.TokenInQuery);
    }

    [Fact]
    public void Service_should_log_to_files_only() => Assert.Null(Load(null, RunMode.Service).Log.ConsoleLevel);

    [Fact]
    public void Akkas_own_settings_should_be_passed_on() =>
        Assert.Equal("DEBUG", Load("akka { loglevel = DEBUG }").Hocon.GetString("akka.loglevel"));

    [Theory]
    [InlineData("sophon.node.heartbeat.interval = 30", 1, "sophon.node.heartbeat.interval", "unit")]
    [InlineData("sophon.node.heartbeat.interval = soon", 1, "sophon.node.heartbeat.interval", "\"soon\"")]
    [InlineData("\n\nsophon {\n node {\n  commands {\n   queue-limit = many\n} } }", 6, "sophon.node.commands.queue-limit", "from 1 to 100000")]
    [InlineData("sophon.node.commands.queue-limit = 0", 1, "sophon.node.commands.queue-limit", "from 1 to 100000")]
    [InlineData("sophon.node.commands.queue-limit = 1.5", 1, "sophon.node.commands.queue-limit", "whole number")]
    [InlineData("sophon.node.gateway {\n  token-in-query = maybe }", 2, "sophon.node.gateway.token-in-query", "on or off")]
    [InlineData("sophon.node.gateway.connect-timeout = 999h", 1, "sophon.node.gateway.connect-timeout", "from 1s to 5m")]
    [InlineData("sophon.node.gateway.connect-timeout = [20s]", 1, "sophon.node.gateway.connect-timeout", "single value")]
    [InlineData("sophon.node.gateway.connect-timeout { a = 1 }", 1, "sophon.node.gateway.connect-timeout", "not a block")]
    [InlineData("sophon.node.gateway = 3", 1, "sophon.node.gateway", "is a block")]
    [InlineData("# hm\nsophon.node.heartbeat.intervall = 3s", 2, "sophon.node.heartbeat.intervall", "sophon.node.heartbeat has: interval, silence-limit.")]
    [InlineData("heartbeat.interval = 3s", 1, "heartbeat.interval", "stand under sophon.node")]
    [InlineData("sophon.node.platform.x11.backend = fast", 1, "sophon.node.platform.x11.backend", "auto, native, tools")]
    [InlineData("sophon.node.log.console-level = loud", 1, "sophon.node.log.console-level", "off, error, warning")]
    [InlineData("sophon.node.gateway { keep-alive-interval = 30s\n server-timeout = 20s }", 2, "sophon.node.gateway.server-timeout", "longer than")]
    public void Wrong_setting_should_name_file_line_key_and_cure(string text, int line, string key, string cure)
    {
        var error = Assert.Throws<SettingsException>(() => Load(text));
        Assert.StartsWith($"{Shown}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Contains(cure, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Last_of_several_lines_should_be_the_one_that_is_named()
    {
        var error = Assert.Throws<SettingsException>(() => Load("sophon.node.heartbeat.interval = 20s\nsophon.node.heartbeat.interval = 20"));
        Assert.StartsWith($"{Shown}, line 2: ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Akka's parser overflows the stack on some texts, which ends the process: the outline has to keep them from it.</summary>
    [Fact]
    public void Mutated_files_should_be_read_or_refused_with_the_files_name()
    {
        const string Text = """
            # mine
            sophon.node {
              pairing { poll-interval = 5s, request-timeout = "10s" }
              gateway.token-in-query : on // see docs
              log.file-level = debug
            }
            akka.loggers = ["a", "b"]
            """;
        string[] pieces = ["{", "}", "\"", "\"\"\"", "[", "]", "=", ":", "+=", "${sophon}", "${?HOME}", "include \"x\"", "#", "//", "\n", ".", ",", "\\", "é", " ", "sophon.node"];
        var random = new Random(20_261_124);
        for (var run = 0; run < 500; run++)
        {
            var text = Text;
            for (var times = random.Next(1, 5); times > 0; times--)
            {
                var at = random.Next(text.Length);
                text = random.Next(2) == 0 ? text.Insert(at, pieces[random.Next(pieces.Length)]) : text.Remove(at, Math.Min(random.Next(1, 15), text.Length - at));
            }

            try
            {
                Load(text);
            }
            catch (SettingsException error)
            {
                Assert.StartsWith(Shown, error.Message, StringComparison.Ordinal);
            }
        }
    }

    static ProgramSettings Load(string? text, RunMode mode = RunMode.Console) => SettingsLoader.Load(text, Shown, mode);
}
