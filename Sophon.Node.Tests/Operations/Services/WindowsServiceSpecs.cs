using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Sophon.Operations.Services;
using Sophon.Operations.Services.Windows;
using Xunit;

namespace Sophon.Node.Tests.Operations.Services;

public sealed class WindowsServiceSpecs
{
    static readonly XNamespace Task = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    [Fact]
    public void Logon_task_should_start_the_program_in_the_persons_session_without_a_limit()
    {
        var manager = new LogonTask(ServicePlans.Awkward(@"C:\So phon\sophon-node.exe"), @"DESK\anna");
        var file = manager.Plan(ServiceVerb.Install).OfType<WriteFile>().Single();
        Assert.Equal("utf-16", file.Encoding.WebName);
        var task = XDocument.Parse(file.Content).Root!;
        string Value(params string[] path) => path.Aggregate(task, (element, name) => element.Element(Task + name)!).Value;
        Assert.Equal(@"C:\So phon\sophon-node.exe", Value("Actions", "Exec", "Command"));
        Assert.Equal("start --service", Value("Actions", "Exec", "Arguments"));
        Assert.Equal(@"DESK\anna", Value("Triggers", "LogonTrigger", "UserId"));
        Assert.Equal("InteractiveToken", Value("Principals", "Principal", "LogonType"));
        Assert.Equal("LeastPrivilege", Value("Principals", "Principal", "RunLevel"));
        Assert.Equal("PT0S", Value("Settings", "ExecutionTimeLimit"));
        Assert.Equal("IgnoreNew", Value("Settings", "MultipleInstancesPolicy"));
        Assert.Contains("schtasks /create /tn SophonNode /xml ", manager.Commands(ServiceVerb.Install)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Service_should_quote_its_program_and_restart_after_errors()
    {
        var manager = new WindowsService(ServicePlans.Awkward(@"C:\So phon\sophon-node.exe"));
        var commands = manager.Plan(ServiceVerb.Install).OfType<RunProgram>().ToList();
        Assert.Equal(["create", "SophonNode", "start=", "auto", "binPath=", "\"C:\\So phon\\sophon-node.exe\" start --service"], commands[0].Arguments);
        Assert.Contains(commands, run => run.Arguments.Contains("restart/10000/restart/10000/restart/60000"));
        Assert.Contains(commands, run => run.Arguments.Contains("SOPHON_NODE_HOME=/home/an na/50%\\<&>\"$HOME\""));
        Assert.Equal(["net stop SophonNode", "sc delete SophonNode"], manager.Commands(ServiceVerb.Uninstall));
    }

    [Fact]
    public void Quoted_words_should_come_apart_as_they_were() => Prop.ForAll(
        Gen.Elements('a', ' ', '"', '\\', '\t').ArrayOf().Select(letters => new string(letters)).ToArbitrary(),
        word => Split(WindowsArguments.Quote(word)) == word).QuickCheckThrowOnFailure();

    /// <summary>CommandLineToArgvW's rules for one word: 2n backslashes and a quotation mark are n and a delimiter, 2n+1 are n and a mark.</summary>
    static string Split(string quoted)
    {
        var (text, index) = (new System.Text.StringBuilder(), 0);
        while (index < quoted.Length)
        {
            var backslashes = 0;
            while (index < quoted.Length && quoted[index] == '\\') (backslashes, index) = (backslashes + 1, index + 1);
            if (index < quoted.Length && quoted[index] == '"')
            {
                text.Append('\\', backslashes / 2);
                if (backslashes % 2 == 1) text.Append('"');
                index++;
                continue;
            }

            text.Append('\\', backslashes);
            if (index < quoted.Length) text.Append(quoted[index++]);
        }

        return text.ToString();
    }
}
