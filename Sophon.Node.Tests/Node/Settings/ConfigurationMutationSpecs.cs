using System.Text;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Policy;
using Sophon.Node.Settings;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Settings;

/// <summary>What people and disks make of node.conf and policy.conf: it is used, or refused with file and place; nothing else.</summary>
public sealed class ConfigurationMutationSpecs(ITestOutputHelper console)
{
    const int Mutations = 1_000;

    const string NodeConf = """
        # Faster than the default.
        sophon.node {
          gateway { connect-timeout = 10s, "retry-cap" = 5s }
          log.file-level = debug // for now
          commands.queue-limit = 100
        }
        akka.loglevel = DEBUG

        """;

    const string PolicyConf = """
        scopes = [screen.capture, input.control, system.execute]
        commands { allow = ["*"], deny = ["clipboard.read"] }
        arguments { input.keyboard.hotkey.keys.deny = ["alt+f4", "super+*"] }
        system-execute = ask
        programs {
          git-status { path = /usr/bin/git, args = ["status", "**"], folders = ["/srv/*"], env = ["LC_*"], stdin = off, decision = allow }
          shells { path = ["/bin/*sh", "/usr/bin/*sh"], decision = deny }
        }

        """;

    [Fact]
    public void Node_conf_should_be_used_or_refused_with_its_place() => Mutate(NodeConf, "node.conf", text => SettingsLoader.Load(text, "node.conf", RunMode.Console));

    [Fact]
    public void Policy_conf_should_be_used_or_refused_with_its_place() => Mutate(PolicyConf, "policy.conf", text => new PolicyReader("policy.conf", Strictness.Ask).Read(text));

    void Mutate(string whole, string file, Action<string> read)
    {
        var seed = Environment.TickCount;
        console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (used, refused) = (0, 0);
        for (var run = 0; run < Mutations; run++)
        {
            var text = Encoding.UTF8.GetString(ConfigMutation.Of(Encoding.UTF8.GetBytes(whole), random));
            try
            {
                read(text);
                used++;
            }
            catch (SettingsException error)
            {
                refused++;
                Assert.True(error.Message.StartsWith(file, StringComparison.Ordinal), $"seed {seed}: \"{error.Message}\" for\n{text}");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error} for\n{text}");
            }
        }

        console.WriteLine($"{file}: {used} used, {refused} refused");
        Assert.InRange(refused, Mutations / 10, Mutations);
    }
}
