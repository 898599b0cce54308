using Serilog.Events;
using Sophon.Node.Files;
using Sophon.Node.Logging;
using Sophon.Node.Settings;
using Sophon.Node.Tests.Support;
using Xunit;

namespace Sophon.Node.Tests.Node.Logging;

public sealed class NodeLogSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly NodeHome home;
    readonly SecretRedactor secrets = new();

    public NodeLogSpecs() => home = new NodeHome(folder.File("home"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void File_should_be_the_days_its_owners_only_and_hold_no_secret()
    {
        secrets.Add("s_a1b2c3d4e5");
        var before = DateTime.Now;
        Write(verbose: false, log => log.Information("hello s_a1b2c3d4e5"));
        var file = Assert.Single(Directory.GetFiles(home.Logs));
        Assert.Contains(Path.GetFileName(file), new[] { before, DateTime.Now }.Select(day => $"sophon-node-{day:yyyyMMdd}.log"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home.Logs));
        Assert.Contains("sophon-node: hello [redacted]", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Verbose_should_add_debug(bool verbose, bool there)
    {
        Write(verbose, log => log.Debug("details"));
        Assert.Equal(there, Logged().Contains("details", StringComparison.Ordinal));
    }

    [Fact]
    public void Sources_that_print_urls_should_be_heard_from_warning_on_even_when_verbose()
    {
        Write(verbose: true, log =>
        {
            log.ForContext("SourceContext", "Microsoft.AspNetCore.Http.Connections.Client.Internal.WebSocketsTransport").Information("Starting transport");
            log.ForContext("SourceContext", "System.Net.Http.HttpClient").Information("Sending request");
            log.ForContext("SourceContext", "Microsoft.AspNetCore.SignalR.Client.HubConnection").Debug("unknown method");
        });
        Assert.DoesNotContain("Starting transport", Logged(), StringComparison.Ordinal);
        Assert.DoesNotContain("Sending request", Logged(), StringComparison.Ordinal);
        Assert.Contains("unknown method", Logged(), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_that_can_not_be_written_should_not_end_the_program()
    {
        File.WriteAllText(home.Folder, "a file where the folder should be");
        Write(verbose: false, log => log.Information("hello"));
        Assert.Equal("a file where the folder should be", File.ReadAllText(home.Folder));
    }

    [Fact]
    public void Full_disk_should_not_end_the_program()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("Only Linux has a device that is always full.");
        Directory.CreateDirectory(home.Logs);
        foreach (var day in new[] { DateTime.Now, DateTime.Now.AddMinutes(1) }.DistinctBy(day => day.Date)) File.CreateSymbolicLink(Path.Combine(home.Logs, PrivateFileSink.FileFor(day)), "/dev/full");
        Write(verbose: false, log => log.Information("hello"));
    }

    void Write(bool verbose, Action<Serilog.ILogger> write)
    {
        using var log = NodeLog.Create(new LogSettings(null, LogEventLevel.Information, 14), verbose, home, secrets);
        write(log);
    }

    string Logged() => Directory.Exists(home.Logs) ? string.Concat(Directory.GetFiles(home.Logs).Select(File.ReadAllText)) : "";
}
