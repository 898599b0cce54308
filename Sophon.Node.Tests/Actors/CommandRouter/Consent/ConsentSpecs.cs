using NSubstitute;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.Actors.Fakes;
using Xunit;

namespace Sophon.Node.Tests.Actors.CommandRouter.Consent;

public sealed class ConsentSpecs : NodeTreeSpec
{
    static readonly object True = new { command = "true" };

    readonly List<string> ran = [];

    public ConsentSpecs() => Desktop.System.ExecuteAsync(null!, null, default).ReturnsForAnyArgs(call =>
    {
        lock (ran) ran.Add(call.Arg<ExecutionRequest>().Command);
        return new ExecutionResult(0, "", "", false);
    });

    FakeConsent.Shown Question(int number = 1)
    {
        Eventually(() => Consent.Questions.Count >= number);
        return Consent.Questions.ElementAt(number - 1);
    }

    [Fact]
    public void Once_should_run_this_call_and_ask_again_for_the_next()
    {
        StartOnlineNode();
        var first = Gateway.Execute("system.execute", True);
        Question().Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(first).Status);
        Gateway.Execute("system.execute", True);
        Question(2);
        Assert.Single(ran);
    }

    [Fact]
    public void Ten_minutes_should_run_the_same_call_again_and_no_other()
    {
        StartOnlineNode();
        var first = Gateway.Execute("system.execute", True);
        Question().Answer.SetResult(ConsentAnswer.ForTenMinutes);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(first).Status);
        AssertSucceeded("system.execute", True);
        Assert.Single(Consent.Questions);
        Gateway.Execute("system.execute", new { command = "true", args = new[] { "x" } });
        Question(2);
    }

    [Fact]
    public void Deny_should_deny()
    {
        StartOnlineNode();
        var id = Gateway.Execute("system.execute", True);
        Question().Answer.SetResult(ConsentAnswer.Deny);
        var result = AwaitResult(id);
        Assert.Equal((CommandStatus.Denied, ErrorCode.Denied), (result.Status, result.Error!.Code));
        Assert.Contains("said no", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(ran);
    }

    [Fact]
    public void Silence_should_deny_and_take_the_question_off_the_screen()
    {
        Settings = Settings with { Consent = new ConsentSettings { AnswerWithin = TimeSpan.FromMilliseconds(200) } };
        StartOnlineNode();
        var result = AwaitResult(Gateway.Execute("system.execute", True));
        Assert.Equal(CommandStatus.Denied, result.Status);
        Assert.Contains("did not answer", result.Error!.Message, StringComparison.Ordinal);
        Assert.True(Question().Withdrawn.IsCancellationRequested);
    }

    [Fact]
    public void Nobody_to_ask_should_deny_and_say_why()
    {
        Consent.Unavailable = new ToolMissingException("zenity", "sudo apt install zenity");
        StartOnlineNode();
        var result = Run("system.execute", True);
        Assert.Equal(CommandStatus.Denied, result.Status);
        Assert.Contains("zenity is not installed", result.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("policy.conf", result.Error.Message, StringComparison.Ordinal);
        AssertSucceeded("input.keyboard.press", new { keys = "a" });
    }

    [Fact]
    public void Time_should_count_from_the_answer()
    {
        Desktop.Clipboard.ReadAsync(default).ReturnsForAnyArgs(async call =>
        {
            await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>());
            return "";
        });
        StartOnlineNode();
        var id = Gateway.Execute("system.execute", True, timeoutSeconds: 1);
        var question = Question();

        // Asked later with as much time: when that one is over, the first one's time would be too.
        Assert.Equal(CommandStatus.TimedOut, Run("clipboard.read", timeoutSeconds: 1).Status);
        Assert.Null(Gateway.ResultOf(id));
        question.Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(id).Status);
    }

    [Fact]
    public void Gateway_should_be_told_how_long_the_person_may_take_and_again_after_a_reconnect()
    {
        StartOnlineNode();
        var one = Settings.Consent.AnswerWithin + Settings.Commands.KillGrace;
        var (each, both) = ((int)Math.Ceiling(one.TotalSeconds), (int)Math.Ceiling((2 * one).TotalSeconds));
        var first = Gateway.Execute("system.execute", True);
        Question();
        var second = Gateway.Execute("system.execute", new { command = "false" });
        Eventually(() => Told().Contains((first, each)) && Told().Contains((second, both)));

        Gateway.Forget();
        Gateway.Current.Drop();
        Eventually(() => Told().Contains((first, each)) && Told().Contains((second, both)));
        Question().Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(first).Status);

        HashSet<(string, int)> Told() => [.. Gateway.Waiting.Select(waiting => (waiting.CommandId, waiting.AnswerWithinSeconds))];
    }

    [Fact]
    public void Command_that_nobody_is_asked_about_should_not_be_announced()
    {
        StartOnlineNode();
        AssertSucceeded("system.info");
        Assert.Empty(Gateway.Waiting);
    }

    [Fact]
    public void Mouse_keyboard_windows_and_apps_should_be_paused_while_the_question_is_up()
    {
        StartOnlineNode();
        var asked = Gateway.Execute("system.execute", True);
        var question = Question();
        foreach (var (type, parameters) in new (string, object)[]
        {
            ("input.keyboard.press", new { keys = "enter" }), ("input.mouse.click", new { x = 1, y = 1 }), ("window.list", new { }),
            ("app.list", new { }), ("app.launch", new { path = "/usr/bin/xdotool" }),
        })
        {
            Assert.Equal(ErrorCode.Paused, Run(type, parameters).Error?.Code);
        }

        AssertSucceeded("system.info");
        AssertSucceeded("screen.monitors");
        Assert.Empty(Desktop.Keyboard.ReceivedCalls());
        question.Answer.SetResult(ConsentAnswer.Once);
        AwaitResult(asked);
        AssertSucceeded("input.keyboard.press", new { keys = "enter" });
    }

    [Fact]
    public void What_runs_and_what_waits_should_be_over_before_the_question_appears()
    {
        var released = new TaskCompletionSource();
        Desktop.Keyboard.TypeAsync(null!, default).ReturnsForAnyArgs(async call =>
        {
            await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>()).ContinueWith(_ => { }, TaskScheduler.Default);
            await released.Task;
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
        });
        StartOnlineNode();
        var typing = Gateway.Execute("input.keyboard.type", new { text = "\n" });
        Eventually(() => Desktop.Keyboard.ReceivedCalls().Any());
        var waiting = Gateway.Execute("input.keyboard.press", new { keys = "enter" });
        var asked = Gateway.Execute("system.execute", True);
        Assert.Equal(ErrorCode.Paused, AwaitResult(waiting).Error!.Code);
        AssertSucceeded("system.info");
        Assert.Empty(Consent.Questions);
        released.SetResult();
        Assert.Equal(ErrorCode.Paused, AwaitResult(typing).Error!.Code);
        Question().Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(asked).Status);
    }

    [Fact]
    public void Questions_should_come_one_at_a_time_and_not_without_bound()
    {
        Settings = Settings with { Consent = new ConsentSettings { QueueLimit = 3 } };
        StartOnlineNode();
        var ids = Enumerable.Range(0, 5).Select(number => Gateway.Execute("system.execute", new { command = $"p{number}" })).ToList();
        Assert.Equal(ErrorCode.Busy, AwaitResult(ids[3]).Error!.Code);
        Assert.Equal(ErrorCode.Busy, AwaitResult(ids[4]).Error!.Code);
        for (var number = 1; number <= 3; number++)
        {
            Question(number).Answer.SetResult(ConsentAnswer.Once);
            Assert.Equal(CommandStatus.Succeeded, AwaitResult(ids[number - 1]).Status);
        }

        Assert.Equal(1, Consent.MostAtOnce);
        Assert.Equal(["p0", "p1", "p2"], ran);
    }

    [Fact]
    public void Cancelled_command_should_take_its_question_with_it()
    {
        StartOnlineNode();
        var first = Gateway.Execute("system.execute", True);
        var second = Gateway.Execute("system.execute", new { command = "second" });
        var question = Question();
        Gateway.Current.Listener.OnCancelCommand(new Sophon.Node.Protocol.Wire.CancelCommand(first));
        Assert.Equal(CommandStatus.Cancelled, AwaitResult(first).Status);
        Assert.True(question.Withdrawn.IsCancellationRequested);
        Question(2).Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(second).Status);
    }

    [Fact]
    public void Grant_that_came_meanwhile_should_answer_for_those_who_wait()
    {
        StartOnlineNode();
        Gateway.Execute("system.execute", True);
        var second = Gateway.Execute("system.execute", new { command = "second" });
        var question = Question();
        Policy.Programs(Strictness.Allow);
        question.Answer.SetResult(ConsentAnswer.Deny);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(second).Status);
        Assert.Single(Consent.Questions);
    }

    [Fact]
    public void Yes_should_not_outdo_a_policy_that_became_stricter()
    {
        StartOnlineNode();
        var id = Gateway.Execute("system.execute", True);
        var question = Question();
        Policy.Programs(Strictness.Deny);
        question.Answer.TrySetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Denied, AwaitResult(id).Status);
        Assert.Empty(ran);
    }

    [Fact]
    public void Administrators_ask_should_offer_no_ten_minutes_and_heed_no_grant()
    {
        Policy.Set(Policy.Current with { Policy = new NodePolicy(FakePolicy.Layer(Strictness.Ask), FakePolicy.Layer(Strictness.Allow)) });
        StartOnlineNode();
        Gateway.Execute("system.execute", True);
        Assert.False(Question().Question.OffersTenMinutes);
    }

    [Fact]
    public void Missing_program_should_be_said_without_a_question()
    {
        StartOnlineNode();
        Assert.Equal(ErrorCode.NotFound, Run("system.execute", new { command = "no such program" }).Error!.Code);
        Assert.Empty(Consent.Questions);
    }

    [Fact]
    public void Application_by_path_should_be_asked_for_and_by_name_not()
    {
        StartOnlineNode();
        AssertSucceeded("app.launch", new { name = "xterm" });
        var id = Gateway.Execute("app.launch", new { path = "/usr/bin/xterm", args = new[] { "-e", "sh" } });
        Assert.Contains("\"-e\"", Question().Question.Text, StringComparison.Ordinal);
        Question().Answer.SetResult(ConsentAnswer.Once);
        Assert.Equal(CommandStatus.Succeeded, AwaitResult(id).Status);
    }
}
