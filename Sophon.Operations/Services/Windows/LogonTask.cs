using System.Security;
using System.Text;

namespace Sophon.Operations.Services.Windows;

/// <summary>A task that starts when the person logs on, in their session, with their desktop: schtasks, and the XML of its "Task Scheduler Schema".</summary>
/// <param name="account">E.g. <c>DESKTOP\anna</c>.</param>
public sealed class LogonTask(ServiceDefinition service, string account) : IServiceManager
{
    public string Name => "the Task Scheduler, as a task that starts when you log on";

    public bool IsInstalled => File.Exists(XmlFile);

    public string? Obstacle => null;

    public IReadOnlyList<string> Notes => [
        "It starts when you log on. A Windows service would have no desktop: session 0 can neither see nor drive it.",
        .. service.Environment.Keys.Select(name => $"A task takes its variables from your account; keep {name} there: setx {name} \"%{name}%\"")];

    string XmlFile => Path.Combine(service.StateFolder, service.WindowsName + "Task.xml");

    public IReadOnlyList<ServiceStep> Plan(ServiceVerb verb) => verb switch
    {
        ServiceVerb.Install => [
            new WriteFile(XmlFile, Xml()) { Encoding = Encoding.Unicode },
            new RunProgram("schtasks", "/create", "/tn", service.WindowsName, "/xml", XmlFile, "/f"),
            new RunProgram("schtasks", "/run", "/tn", service.WindowsName)],
        ServiceVerb.Start => [new RunProgram("schtasks", "/run", "/tn", service.WindowsName)],
        ServiceVerb.Stop => [new RunProgram("schtasks", "/end", "/tn", service.WindowsName) { Accepts = [0, 1] }],
        ServiceVerb.Restart => [.. Plan(ServiceVerb.Stop), .. Plan(ServiceVerb.Start)],
        ServiceVerb.Status => [new RunProgram("schtasks", "/query", "/tn", service.WindowsName, "/v", "/fo", "list") { Shows = true }],
        ServiceVerb.Uninstall => [
            .. Plan(ServiceVerb.Stop),
            new RunProgram("schtasks", "/delete", "/tn", service.WindowsName, "/f") { Accepts = [0, 1] },
            new DeleteFile(XmlFile)],
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    string Xml() => $"""
        <?xml version="1.0" encoding="UTF-16"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Description>{Escape(service.Description)}</Description>
            <URI>\{Escape(service.WindowsName)}</URI>
          </RegistrationInfo>
          <Triggers>
            <LogonTrigger>
              <Enabled>true</Enabled>
              <UserId>{Escape(account)}</UserId>
            </LogonTrigger>
          </Triggers>
          <Principals>
            <Principal id="Author">
              <UserId>{Escape(account)}</UserId>
              <LogonType>InteractiveToken</LogonType>
              <RunLevel>LeastPrivilege</RunLevel>
            </Principal>
          </Principals>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <StartWhenAvailable>true</StartWhenAvailable>
            <RestartOnFailure>
              <Interval>PT1M</Interval>
              <Count>255</Count>
            </RestartOnFailure>
            <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
            <Priority>5</Priority>
          </Settings>
          <Actions Context="Author">
            <Exec>
              <Command>{Escape(service.CommandLine[0])}</Command>
              <Arguments>{Escape(WindowsArguments.Join(service.CommandLine.Skip(1)))}</Arguments>
            </Exec>
          </Actions>
        </Task>

        """;

    static string Escape(string text) => SecurityElement.Escape(text);
}
