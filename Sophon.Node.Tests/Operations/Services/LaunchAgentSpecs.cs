using System.Text.Json;
using Sophon.Node.Tests.Support;
using Sophon.Operations.Services;
using Sophon.Operations.Services.Launchd;
using Xunit;

namespace Sophon.Node.Tests.Operations.Services;

public sealed class LaunchAgentSpecs
{
    static LaunchAgent Agent => new(ServicePlans.Awkward(), "/Users/anna", 501);

    [Fact]
    public void Verbs_should_address_the_agent_of_the_persons_session()
    {
        Assert.Equal(
            ["launchctl bootout gui/501/dev.sophon.node", "launchctl enable gui/501/dev.sophon.node", "launchctl bootstrap gui/501 /Users/anna/Library/LaunchAgents/dev.sophon.node.plist"],
            Agent.Commands(ServiceVerb.Install));
        Assert.Equal(["launchctl kickstart -k gui/501/dev.sophon.node"], Agent.Commands(ServiceVerb.Restart));
        Assert.Equal(["launchctl kill SIGTERM gui/501/dev.sophon.node"], Agent.Commands(ServiceVerb.Stop));
    }

    [Fact]
    [Trait("kind", "real")]
    public async Task Plist_should_be_read_back_by_plistlib()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("agent.plist"), Agent.ContentOf(".plist"), TestContext.Current.CancellationToken);
        var json = await TestProcess.RunAsync("python3", ["-c", "import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'), fmt=plistlib.FMT_XML)))", folder.File("agent.plist")]);
        var plist = JsonDocument.Parse(json).RootElement;
        Assert.Equal("dev.sophon.node", plist.GetProperty("Label").GetString());
        Assert.Equal(["/opt/so phon/100%/$x/sophon-node", "start", "--service"], plist.GetProperty("ProgramArguments").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("/home/an na/50%\\<&>\"$HOME\"", plist.GetProperty("EnvironmentVariables").GetProperty("SOPHON_NODE_HOME").GetString());
        Assert.False(plist.GetProperty("KeepAlive").GetProperty("SuccessfulExit").GetBoolean());
        Assert.True(plist.GetProperty("RunAtLoad").GetBoolean());
        Assert.True(plist.GetProperty("AbandonProcessGroup").GetBoolean());
        Assert.Equal(40, plist.GetProperty("ExitTimeOut").GetInt32());
    }
}
