using System.Text.Json;
using NSubstitute;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter;

public sealed class CommandAuditSpecs : NodeTreeSpec
{
    [Fact]
    public void Start_and_end_of_every_command_should_be_recorded_and_refusals_too()
    {
        StartOnlineNode();
        var done = Gateway.Execute("clipboard.write", new { text = "x" });
        AwaitResult(done);
        Assert.Equal(["commandStarted", "commandEnded"], Audit.EventsOf(done));
        var unknown = Gateway.Execute("screen.melt");
        AwaitResult(unknown);
        var entry = Assert.Single(Audit.Entries, entry => entry.CommandId == unknown);
        Assert.Equal(("commandNotRun", "screen.melt", "failed", "unknownCommand"), (entry.Event, entry.Command, entry.Status, entry.Code));
    }

    [Fact]
    public void Consent_should_be_recorded_with_the_hash_of_what_was_asked()
    {
        Desktop.System.ExecuteAsync(null!, null, default).ReturnsForAnyArgs(new ExecutionResult(0, "", "", false));
        StartOnlineNode();
        var id = Gateway.Execute("system.execute", new { command = "true" });
        Eventually(() => !Consent.Questions.IsEmpty);
        Consent.Questions.First().Answer.SetResult(ConsentAnswer.Once);
        AwaitResult(id);
        Assert.Equal(["consentAsked", "consentAnswered", "commandStarted", "commandEnded"], Audit.EventsOf(id));
        Assert.Single(Audit.Entries.Where(entry => entry.CommandId == id && entry.Sha256 is not null).Select(entry => entry.Sha256).Distinct());
    }

    [Fact]
    public void No_text_of_parameters_and_results_should_be_in_it()
    {
        const string Canary = "c4n4ry";
        Policy.Programs(Strictness.Allow);
        Desktop.Clipboard.ReadAsync(default).ReturnsForAnyArgs(Canary);
        Desktop.System.ExecuteAsync(null!, null, default).ReturnsForAnyArgs(new ExecutionResult(0, Canary, Canary, false));
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(Task.FromException(new InvalidOperationException(Canary)));
        StartOnlineNode();
        Run("clipboard.read");
        Run("clipboard.write", new { text = Canary });
        Run("input.keyboard.type", new { text = Canary });
        Run("input.keyboard.type", new { text = new[] { Canary } });
        Run("system.execute", new { command = "true", args = new[] { Canary }, env = new Dictionary<string, string> { ["A"] = Canary }, stdin = Canary, workingDirectory = "/" + Canary });
        Run("notify.show", new { title = Canary, message = Canary });
        Assert.DoesNotContain(Audit.Entries, entry => JsonSerializer.Serialize(entry).Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public void Command_whose_start_cannot_be_recorded_should_not_run()
    {
        StartOnlineNode();
        Audit.Fails = new AuditUnavailableException("the audit in ~/x can't be written: No space left on device", new IOException());
        var result = Run("input.keyboard.press", new { keys = "a" });
        Assert.Equal(ErrorCode.Internal, result.Error!.Code);
        Assert.Contains("No space left", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(Desktop.Keyboard.ReceivedCalls());
        Audit.Fails = null;
        AssertSucceeded("input.keyboard.press", new { keys = "a" });
    }
}
